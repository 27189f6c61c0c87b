#!/usr/bin/env python3
"""The demo at a small size, and that its checks can fail.

    demo_test.py PARLEY FOLDER
"""
import hashlib
import json
import os
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PARLEY, FOLDER = "", Path()


def make_logs(folder, seed):
    subprocess.run([sys.executable, ROOT / "tools/demo_logs.py", folder, "--talks", "300", "--seed", seed],
                   check=True, stdout=subprocess.DEVNULL)
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        digest.update(str(path.relative_to(folder)).encode() + path.read_bytes())
    return digest.hexdigest()


def check():
    return subprocess.run([sys.executable, ROOT / "tools/demo_check.py", PARLEY, FOLDER / "demo"],
                          capture_output=True, text=True)


class Demo(unittest.TestCase):
    def test_1_ends_well(self):
        done = subprocess.run(["bash", ROOT / "tools/demo.sh", FOLDER / "demo", "300"], capture_output=True, text=True,
                              env={**os.environ, "PARLEY": PARLEY})
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_2_same_seed_same_logs(self):
        first, second, other = (make_logs(FOLDER / f"seed{i}", seed) for i, seed in enumerate(["7", "7", "8"]))
        self.assertEqual(first, second)
        self.assertNotEqual(first, other)

    def test_3_a_wrong_count_is_noticed(self):
        path = FOLDER / "demo/truth/truth.json"
        truth = path.read_text(encoding="utf-8")
        wrong = json.loads(truth)
        wrong["redactions"]["EMAIL"] += 1
        path.write_text(json.dumps(wrong), encoding="utf-8")
        told = check()
        path.write_text(truth, encoding="utf-8")
        self.assertEqual(told.returncode, 1)
        self.assertIn("redactions: the truth is", told.stdout)

    def test_4_a_wrong_story_is_noticed(self):
        path = FOLDER / "demo/truth/truth.json"
        truth = path.read_text(encoding="utf-8")
        wrong = json.loads(truth)
        wrong["stories"][next(iter(wrong["stories"]))].append("duplicates.duplicate")
        path.write_text(json.dumps(wrong), encoding="utf-8")
        told = check()
        path.write_text(truth, encoding="utf-8")
        self.assertEqual(told.returncode, 1)
        self.assertIn("times duplicates.duplicate", told.stdout)


if __name__ == "__main__":
    PARLEY, FOLDER = sys.argv[1], Path(sys.argv[2])
    unittest.main(argv=sys.argv[:1])
