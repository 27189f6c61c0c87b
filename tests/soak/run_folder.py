"""What the long tests share: logs, one run of the program, and the hashes of what it left."""
import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PARLEY = os.environ.get("PARLEY", str(ROOT / "build/release/bin/parley"))
KEY = "a key for the long tests, no secret\n"


def make_logs(folder, talks):
    """Demo logs in `folder`, and the key beside them."""
    subprocess.run([sys.executable, ROOT / "tools/demo_logs.py", folder, "--talks", str(talks)], check=True)
    (folder / "key").write_text(KEY)


def command(folder, out, threads=0, memory="2GiB"):
    """Small shards, so that there are several; everything that a run can do is switched on."""
    return [PARLEY, "curate", folder / "logs", "--out", out, "--recipe", ROOT / "recipes/demo.toml",
            "--release.shard_megabytes", "1", "--key", folder / "key",
            "--opt_out.ids", folder / "optout/ids.txt", "--opt_out.users", folder / "optout/users.txt",
            "--threads", str(threads), "--memory", memory, "--quiet"]


def hashes(out):
    """SHA-256 of every file in the release and the ledger, by name. What else lies there has none."""
    found = {}
    for path in sorted(p for p in out.rglob("*") if p.is_file()):
        name = str(path.relative_to(out))
        lasting = name.startswith(("release/", "private/ledger/")) or name == "private/releases.json"
        found[name] = hashlib.sha256(path.read_bytes()).hexdigest() if lasting else ""
    return found


def differences(want, got):
    """In words, one for each file that is missing, of another content, or left over."""
    for name in sorted(want.keys() | got.keys()):
        if name not in got:
            yield f"{name} is missing"
        elif name not in want:
            yield f"{name} is left over"
        elif want[name] != got[name]:
            yield f"{name} differs"
