"""The page on which a sample is read opens from disk without an error and works by keyboard alone."""
import html
import json
import re
import shutil
import subprocess

import pytest

# Presses keys as a reader would, and leaves what came of it in the document.
PRESSES = """<script>
const log = {};
addEventListener('error', event => { log.error = event.message; });
const press = (key, target) => (target || document.body).dispatchEvent(
    new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
const state = () => document.getElementById('state').textContent;
const find = condition => { for (let i = 0; i < texts.length && !condition(texts[at]); ++i) press('n'); };
log.begin = state();
press('y');
log.next = state();
press('p');
log.back = state();
press('u');
log.undone = state();
press('w'); press('W'); press('t'); press('m');
log.selected = getSelection().toString();
log.marked = document.querySelectorAll('.missed').length > 0;
log.first = texts[at].text;
press('y');
find(text => text.pieces.some(piece => piece.tag !== undefined));
log.was = document.querySelector('[data-tag]').dataset.was;
document.querySelector('[data-tag]').focus();
press('f', document.activeElement);
log.wrong = document.querySelector('[data-tag]').className;
press('y');
const out = document.createElement('pre');
out.id = 'out';
out.textContent = JSON.stringify({log, file: JSON.parse(verdictFile()), count: texts.length});
document.body.append(out);
</script></body>"""


@pytest.fixture(scope="module")
def page(release):
    return (release.parent / "private/audit/index.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pressed(page, tmp_path_factory):
    """What the keys did, and what the browser's console said."""
    browser = shutil.which("chromium")
    assert browser, "chromium is missing: ./run test installs it"
    folder = tmp_path_factory.mktemp("audit")
    (folder / "index.html").write_text(page.replace("</body>", PRESSES), encoding="utf-8")
    done = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--v=0",
         f"--user-data-dir={folder / 'chromium'}", "--virtual-time-budget=10000", "--dump-dom",
         (folder / "index.html").as_uri()], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    out = re.search(r'<pre id="out">(.*?)</pre>', done.stdout, re.S)
    assert out, "the script did not come to its end"
    return json.loads(html.unescape(out[1])), [line for line in done.stderr.splitlines() if "CONSOLE" in line]


def test_the_console_is_silent(pressed):
    assert pressed[1] == []
    assert "error" not in pressed[0]["log"]


def test_keys_go_to_and_fro(pressed):
    told, log = pressed[0], pressed[0]["log"]
    assert log["begin"].startswith(f"1 of {told['count']} ") and "0 read in all" in log["begin"]
    assert log["next"].startswith("2 of ") and "1 read in all" in log["next"]
    assert log["back"].startswith("1 of ") and "· read ·" in log["back"]
    assert "not read" in log["undone"] and "0 read in all" in log["undone"]


def test_keys_mark_what_was_missed_and_what_is_no_find(pressed):
    told, log = pressed[0], pressed[0]["log"]
    assert told["file"]["form"] == 1
    missed = [one for verdict in told["file"]["verdicts"] for one in verdict["missed"]]
    assert len(missed) == 1 and missed[0]["type"] == "EMAIL" and log["marked"]
    words = log["first"].encode()[missed[0]["begin"]:missed[0]["end"]].decode()
    assert words == log["selected"] and words
    assert [verdict["false_tags"] for verdict in told["file"]["verdicts"] if verdict["false_tags"]] == [[0]]
    assert log["wrong"] == "tag wrong"
    assert log["was"] == "nobody.at.all@soft-eggs.org", "with --inputs the page says what a tag stands for"


def test_nothing_is_fetched(page):
    assert "default-src 'none'" in page
    assert not re.findall(r"""(?:src|href|action)\s*=\s*["']?(?:https?:)?//""", page)


def test_the_texts_are_closed_to_others(release):
    folder = release.parent / "private/audit"
    assert folder.stat().st_mode & 0o777 == 0o700
