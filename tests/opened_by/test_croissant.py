"""mlcroissant finds no fault with the description, and loads the records that it describes."""
import hashlib
import json

import mlcroissant
import pytest


@pytest.fixture(scope="module")
def described(release):
    return mlcroissant.Dataset(jsonld=str(release / "croissant.json"))


def test_validates(described):
    issues = described.metadata.ctx.issues
    assert not issues.errors
    assert not issues.warnings


def test_names_every_shard_with_its_hash_and_size(release, shards):
    files = {f["contentUrl"]: f for f in json.loads((release / "croissant.json").read_text())["distribution"]
             if f["@type"].endswith("FileObject")}
    for shard in shards:
        file = files[f"data/{shard.name}"]
        assert file["sha256"] == hashlib.sha256(shard.read_bytes()).hexdigest()
        assert file["contentSize"] == f"{shard.stat().st_size} B"


def test_loads_every_record(described, rows):
    name = next(r.uuid for r in described.metadata.record_sets if len(r.fields) > 2)
    records = list(described.records(name))
    assert len(records) == len(rows)
    for record, row in zip(records, rows):
        values = {key.split("/")[-1]: value for key, value in record.items()}
        for column in ("conversation_id", "model", "language"):
            assert values[column].decode() == row[column]
        assert values["turn"] == row["turn"]
        assert values["redacted"] == row["redacted"]
