"""`datasets` opens the folder as it opens LMSYS-Chat-1M."""
import datasets
import huggingface_hub
import pyarrow.parquet
import pytest
import yaml

CATEGORIES = ["harassment", "harassment/threatening", "hate", "hate/threatening", "self-harm",
              "self-harm/instructions", "self-harm/intent", "sexual", "sexual/minors", "violence",
              "violence/graphic"]

# The features of LMSYS-Chat-1M's card.
FEATURES = datasets.Features({
    "conversation_id": datasets.Value("string"),
    "model": datasets.Value("string"),
    "conversation": [{"content": datasets.Value("string"), "role": datasets.Value("string")}],
    "turn": datasets.Value("int64"),
    "language": datasets.Value("string"),
    "openai_moderation": [{
        "categories": {name: datasets.Value("bool") for name in CATEGORIES},
        "category_scores": {name: datasets.Value("float64") for name in CATEGORIES},
        "flagged": datasets.Value("bool"),
    }],
    "redacted": datasets.Value("bool"),
})


@pytest.fixture(scope="module")
def loaded(release, tmp_path_factory):
    return datasets.load_dataset(str(release), cache_dir=str(tmp_path_factory.mktemp("cache")))


def test_one_split_with_every_value(loaded, rows):
    assert list(loaded) == ["train"]
    assert loaded["train"].to_list() == rows


def test_features_are_those_of_lmsys_chat_1m(loaded):
    assert loaded["train"].features == FEATURES
    assert list(loaded["train"].features) == list(FEATURES), "in the same order"


def test_streaming_gives_every_value(release, rows):
    streamed = datasets.load_dataset(str(release), split="train", streaming=True)
    assert list(streamed) == rows
    assert streamed.features == FEATURES


def test_a_single_file_carries_its_features(shards):
    for shard in shards:
        schema = pyarrow.parquet.read_schema(shard)
        assert datasets.Features.from_arrow_schema(schema) == FEATURES


def test_the_card_parses_on_the_hub(release, rows, shards):
    card = huggingface_hub.DatasetCard.load(release / "README.md")
    data = card.data.to_dict()
    assert data["configs"] == [{"config_name": "default",
                                "data_files": [{"split": "train", "path": "data/train-*.parquet"}]}]
    info = datasets.DatasetInfo._from_yaml_dict(data["dataset_info"])
    assert info.features == FEATURES
    assert info.splits["train"].num_examples == len(rows)
    assert info.download_size == sum(shard.stat().st_size for shard in shards)
    assert data["size_categories"] == ["n<1K"]
    assert data["license"] == "cc-by-4.0"
    assert card.text.strip().startswith("# ")


def test_the_header_is_plain_yaml(release):
    text = (release / "README.md").read_text(encoding="utf-8")
    assert text.startswith("---\n")
    header = yaml.safe_load(text.split("\n---\n")[0].removeprefix("---\n"))
    assert header["pretty_name"] == "Soft eggs"
