"""Runs a command and says what it took."""
import os
import subprocess
import tempfile
import time
from dataclasses import dataclass


@dataclass
class Measured:
    wall_seconds: float
    cpu_seconds: float
    peak_bytes: int  # The kernel's own high-water mark of this process.
    stdout: str
    stderr: str


def run_measured(command, **how):
    """Raises SystemExit with the end of what it said if the command fails.

    The mark of a child begins at what this process held when it forked: so whoever measures stays small.
    """
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as errors:
        begin = time.monotonic()
        process = subprocess.Popen([str(part) for part in command], stdout=out, stderr=errors, **how)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), errors.seek(0)
        told = Measured(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, out.read(), errors.read())
    if process.returncode:
        raise SystemExit(f"{command[0]} ended with {process.returncode}:\n{(told.stdout + told.stderr)[-3000:]}")
    return told
