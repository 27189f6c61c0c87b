"""The report opens offline in a browser without an error, and draws its figures."""
import re
import shutil
import subprocess

import pytest


@pytest.fixture(scope="module")
def opened(release, tmp_path_factory):
    """The page's document after its scripts ran, and what the browser's console said."""
    browser = shutil.which("chromium")
    assert browser, "chromium is missing: ./run test installs it"
    done = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--v=0",
         f"--user-data-dir={tmp_path_factory.mktemp('chromium')}", "--virtual-time-budget=10000",
         "--window-size=1200,2000", "--dump-dom", (release / "report/index.html").as_uri()],
        capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line]


def test_the_console_is_silent(opened):
    assert opened[1] == []


def test_figures_are_drawn(opened):
    figures = re.findall(r"<(?:svg|canvas)\b", opened[0])
    assert len(figures) >= 5, "models, languages, days, turns, tokens, drops, redactions"


def test_nothing_is_fetched(release):
    page = (release / "report/index.html").read_text(encoding="utf-8")
    assert not re.findall(r"""<(?:script|link|img|iframe)\b[^>]*(?:src|href)\s*=\s*["']?(?:https?:)?//""", page)
