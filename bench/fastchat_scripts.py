"""FastChat's own scripts, the ones that made LMSYS-Chat-1M, run and timed one after the other.

They come from PyPI's fschat 0.2.36 (tools/packages.txt, [python bench]) and are called as their
documentation has it, with two allowances. They look for logs in ~/fastchat_logs, so HOME is a folder
with a link of that name. And the released clean_chat_data calls replace_model_name with one argument
where it takes two: it gets the time of the row at hand, as in later versions. They stop at the first
line that is no JSON, so the logs must be clean.
"""
import json
import os
from pathlib import Path

from measured import run_measured

MONITOR = "fastchat.serve.monitor."
RELEASE = MONITOR + "dataset_release_scripts.lmsys_chat_1m."
CLEAN_CHAT_DATA = f"""
import runpy, sys
from {MONITOR[:-1]} import clean_battle_data
with_time = clean_battle_data.replace_model_name
def with_time_of_row(name, *rest):
    return with_time(name, *(rest or [sys._getframe(1).f_locals["row"]["tstamp"]]))
clean_battle_data.replace_model_name = with_time_of_row
runpy.run_module("{MONITOR}clean_chat_data", run_name="__main__")
"""


def steps(folder):
    """Names and arguments; a step's arguments may need what the one before has left in `folder`."""
    yield "clean_chat_data", ["-c", CLEAN_CHAT_DATA]
    cleaned = next(folder.glob("clean_chat_conv_*.json"))
    yield "filter_bad_conv", ["-m", RELEASE + "filter_bad_conv", "--in-file", cleaned, "--sample", "1000000000"]
    filtered = cleaned.with_suffix(".s1.json")
    yield "final_post_processing", ["-m", RELEASE + "final_post_processing", "--in-file", filtered]


def run_fastchat(logs, folder, packages):
    """Returns [(name of the step, Measured)]; leaves the scripts' files in `folder`."""
    folder = Path(folder).resolve()
    home = folder / "home"
    home.mkdir(parents=True, exist_ok=True)
    link = home / "fastchat_logs"
    link.unlink(missing_ok=True)
    link.symlink_to(Path(logs).resolve())
    for old in folder.glob("clean_chat_conv_*.json"):
        old.unlink()
    environment = {**os.environ, "HOME": str(home), "PYTHONPATH": str(Path(packages).resolve()),
                   "PYTHONDONTWRITEBYTECODE": "1"}
    return [(name, run_measured(["/usr/bin/python3", *arguments], cwd=folder, env=environment))
            for name, arguments in steps(folder)]


def row_ids(folder):
    """The conversation ids of the last step's rows."""
    [path] = folder.glob("clean_chat_conv_*.s1.s2.json")
    with open(path, encoding="utf-8") as rows:
        return sorted(row["conversation_id"] for row in json.load(rows))
