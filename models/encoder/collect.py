#!/usr/bin/env python3
"""Lays out the public sets of data.toml and moderation_data.toml: DIR/<owner>+<name>/<path>, each
checked by its SHA-256.

    python3 collect.py --clones CLONES --data DIR

CLONES holds a git clone of each repository as <owner>+<name>, bare or not, and the wheels that the
lists name; what is missing is named with its commit. Nothing is fetched from a network.
"""
import argparse
import hashlib
import pathlib
import subprocess
import sys
import tomllib
import zipfile

HERE = pathlib.Path(__file__).resolve().parent


def git_folder(clone):
    for folder in (clone / ".git", clone / "repo" / ".git", clone / "repo", clone):
        if (folder / "HEAD").is_file():
            return folder
    sys.exit(f"{clone}: no git clone; clone the repository of that name there")


def sources():
    for name in ("data.toml", "moderation_data.toml"):
        yield from tomllib.loads((HERE / name).read_text())["set"]


def content_of(source, path, clones):
    if "wheel" in source:
        with zipfile.ZipFile(clones / source["wheel"]) as wheel:
            return wheel.read(path)
    clone = clones / source["repository"].replace("/", "+")
    shown = subprocess.run(["git", f"--git-dir={git_folder(clone)}", "show",
                            f"{source['commit']}:{path}"], capture_output=True)
    if shown.returncode != 0:
        sys.exit(f"{source['repository']}: no {path} at commit {source['commit']}")
    return shown.stdout


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--clones", required=True, type=pathlib.Path)
    arguments.add_argument("--data", required=True, type=pathlib.Path)
    options = arguments.parse_args()
    count = 0
    for source in sources():
        folder = source["name"] if "wheel" in source else source["repository"].replace("/", "+")
        for path, sha256 in source["files"]:
            count += 1
            target = options.data / folder / path
            if target.is_file() and hashlib.sha256(target.read_bytes()).hexdigest() == sha256:
                continue
            content = content_of(source, path, options.clones)
            if hashlib.sha256(content).hexdigest() != sha256:
                sys.exit(f"{folder}: {path} has another SHA-256 than the list")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    print(f"{count} files in {options.data}")


if __name__ == "__main__":
    main()
