#!/usr/bin/env python3
"""Runs on disks that are too small: a plain error, no false success, and the rest once there is room.

    ./run soak disk [--talks 3000] [--folder build/soak/disk]

Mounts a tmpfs of a size that grows until the run fits (root is needed). On each the command must fail,
say that no space is left, and leave no release/; then the disk is made large, and the same command
must end well with the files of a run that never met a limit. PARLEY names another program.
"""
import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True
from run_folder import ROOT, command, differences, hashes, make_logs

FIRST_BYTES = 16 << 10
GROWTH = 1.4


def mount(folder, size_bytes, again=False):
    options = f"size={size_bytes},mode=0755" + (",remount" if again else "")
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=True)


def run(folder, out):
    return subprocess.run(command(folder, out, threads=2), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def faults(folder, disk, want):
    """What was wrong on the mounted disk, and whether the first attempt fitted."""
    out, found = disk / "run", []
    first = run(folder, out)
    fitted = first.returncode == 0
    if not fitted:
        if first.returncode != 1:
            found.append(f"exit code {first.returncode} instead of 1")
        if "No space left" not in first.stderr:
            found.append(f"no plain error but: {first.stderr.strip()!r}")
        if (out / "release").exists():
            found.append("release/ is there although the run failed")
        mount(disk, 2 << 30, again=True)
        second = run(folder, out)
        if second.returncode != 0:
            found.append(f"with room it ends with {second.returncode}: {second.stderr.strip()!r}")
    return found + list(differences(want, hashes(out))), fitted


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--talks", type=int, default=3000)
    parser.add_argument("--folder", type=Path, default=ROOT / "build/soak/disk")
    given = parser.parse_args()
    if os.geteuid() != 0:
        sys.exit("mounting a small disk needs root")
    disk = given.folder / "disk"
    if disk.is_mount():
        subprocess.run(["umount", disk], check=True)
    shutil.rmtree(given.folder, ignore_errors=True)
    make_logs(given.folder, given.talks)
    disk.mkdir()
    subprocess.run(command(given.folder, given.folder / "roomy"), check=True)
    want = hashes(given.folder / "roomy")

    size, disks, bad, fitted = FIRST_BYTES, 0, 0, False
    while not fitted:
        mount(disk, size)
        try:
            found, fitted = faults(given.folder, disk, want)
        finally:
            subprocess.run(["umount", disk], check=True)
        disks += 1
        bad += len(found)
        print(f"{size >> 10:>9} KiB: {'fits' if fitted else 'full'}{''.join(chr(10) + '    ' + f for f in found)}")
        size = int(size * GROWTH)
    print(f"{disks} disks, the last one large enough; {bad} faults")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
