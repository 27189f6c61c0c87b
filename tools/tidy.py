#!/usr/bin/env python3
"""Runs clang-tidy over the sources it is given, and skips those that passed before.

    tools/tidy.py BUILD JOBS FILE...

A file that passes leaves a stamp in build/tidy, named by a hash of what the verdict depends on: the
file, the headers of this tree that it reaches, .clang-tidy and clang-tidy's version. What comes
from outside the tree is not in the hash: after a change of packages, remove build/tidy.
"""
import hashlib
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STAMPS = ROOT / "build/tidy"
TIDY = "clang-tidy-19"
# With the build's -Werror no check can be left out of what the compiler itself says.
EXTRA = "--extra-arg=-Wno-error=deprecated-declarations"
INCLUDE = re.compile(rb'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)
# Where an include is looked for, the generated headers of the build folder aside.
FOLDERS = ("src", "include", "tests", "bench", "")


@lru_cache(maxsize=None)
def included(path: Path) -> frozenset:
    """The files of this tree that `path` itself includes."""
    found = set()
    for name in INCLUDE.findall(path.read_bytes()):
        for folder in (path.parent, *(ROOT / f for f in FOLDERS)):
            header = folder / name.decode()
            if header.is_file():
                found.add(header.resolve())
                break
    return frozenset(found)


def reached(path: Path) -> list:
    """`path` and all that it includes, however far away, in a fixed order."""
    seen, waiting = set(), [path.resolve()]
    while waiting:
        file = waiting.pop()
        if file not in seen:
            seen.add(file)
            waiting.extend(included(file))
    return sorted(seen)


def stamp_of(path: Path, ground: bytes) -> Path:
    digest = hashlib.sha256(ground)
    for file in [path.resolve(), *reached(path)]:
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return STAMPS / digest.hexdigest()


def passes(build: str, path: Path, stamp: Path) -> bool:
    command = [TIDY, "--quiet", EXTRA, "-p", build, str(path)]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode == 0:
        stamp.touch()
        return True
    print(f"{path.relative_to(ROOT)}:\n{run.stdout}{run.stderr}", flush=True)
    return False


def main() -> int:
    build, jobs, *names = sys.argv[1:]
    STAMPS.mkdir(parents=True, exist_ok=True)
    version = subprocess.run([TIDY, "--version"], capture_output=True, check=True).stdout
    ground = hashlib.sha256(version + (ROOT / ".clang-tidy").read_bytes()).digest()
    stamps = {path: stamp_of(path, ground) for path in ((ROOT / n).resolve() for n in names)}
    due = [path for path, stamp in stamps.items() if not stamp.exists()]
    print(f"clang-tidy: {len(stamps) - len(due)} files passed before, {len(due)} to look at",
          file=sys.stderr, flush=True)
    with ThreadPoolExecutor(int(jobs)) as pool:
        verdicts = list(pool.map(lambda path: passes(build, path, stamps[path]), due))
    print(f"clang-tidy: {verdicts.count(False)} of {len(due)} files with findings", file=sys.stderr)
    return 0 if all(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
