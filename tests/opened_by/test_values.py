"""Every value that went in comes out, whichever tool opens the folder."""
import math

import duckdb
import numpy
import pandas
import polars
import pyarrow.dataset


def plain(value):
    """In Python's own types: what numpy arrays, scalars and missing values stand for."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, numpy.ndarray)):
        return [plain(item) for item in value]
    if isinstance(value, numpy.generic):
        return plain(value.item())
    if isinstance(value, float) and math.isnan(value):
        return None
    return value


def test_pyarrow_reads_what_went_in(rows, expected):
    assert len(rows) == len(expected)
    assert len({row["conversation_id"] for row in rows}) == len(rows)
    for row in rows:
        want = expected[row["conversation"][0]["content"]]
        for column in ("model", "conversation", "turn", "openai_moderation", "redacted"):
            assert row[column] == want[column], column


def test_prose_has_the_name_of_its_language(rows, expected):
    prose = [(row["language"], want["language"]) for row in rows
             if (want := expected[row["conversation"][0]["content"]])["is_prose"]]
    assert len(prose) > 30
    assert [got for got, _ in prose] == [want for _, want in prose]


def test_pyarrow_dataset(shards, rows):
    assert pyarrow.dataset.dataset([str(s) for s in shards]).to_table().to_pylist() == rows


def test_pandas(shards, rows):
    frame = pandas.read_parquet(shards[0].parent)
    assert plain(frame.to_dict("records")) == rows


def test_polars(shards, rows):
    assert polars.read_parquet(shards[0].parent / "*.parquet").to_dicts() == rows
    lazily = polars.scan_parquet(shards[0].parent / "*.parquet").filter(polars.col("redacted")).collect()
    assert lazily.to_dicts() == [row for row in rows if row["redacted"]]


def test_duckdb(shards, rows):
    found = duckdb.sql(f"SELECT * FROM read_parquet('{shards[0].parent}/*.parquet')")
    assert [dict(zip(found.columns, plain(row))) for row in found.fetchall()] == rows
    counted = duckdb.sql(f"SELECT model, count(*) FROM '{shards[0].parent}/*.parquet' GROUP BY ALL ORDER BY ALL")
    models = [row["model"] for row in rows]
    assert counted.fetchall() == [(model, models.count(model)) for model in sorted(set(models))]
