"""The release that make_release.py left in $PARLEY_RELEASE, read once in the plainest way."""
import json
import os
from pathlib import Path

os.environ.update(HF_HUB_OFFLINE="1", HF_DATASETS_OFFLINE="1")  # Before datasets is imported.

import pyarrow.parquet  # noqa: E402
import pytest  # noqa: E402

FOLDER = Path(os.environ["PARLEY_RELEASE"])


@pytest.fixture(scope="session")
def release():
    return FOLDER / "run/release"


@pytest.fixture(scope="session")
def shards(release):
    found = sorted((release / "data").glob("train-*.parquet"))
    assert len(found) > 1, "one shard alone would not show that tools find them all"
    return found


@pytest.fixture(scope="session")
def expected():
    """What must be in the release, by the text of the first message."""
    return json.loads((FOLDER / "expected.json").read_text())


@pytest.fixture(scope="session")
def rows(shards):
    """Every row of the release in its order, in Python's own types, as pyarrow reads it."""
    return [row for shard in shards for row in pyarrow.parquet.read_table(shard).to_pylist()]
