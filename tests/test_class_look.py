"""What a person sees of the class page: 200 learners × 104 checks in Chromium, and on paper."""

import html
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from grader.classroom.journal import mark_of
from grader.classroom.manifest import Entry
from grader.classroom.overview import Overview
from grader.classroom.results import Counted
from grader.course import Course
from grader.errors import GradingError
from grader.pages.class_page import Surroundings, class_page
from grader.report import Verdict
from support import PATIENCE, ROOT, made_report

pytestmark = pytest.mark.thorough

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
LEARNERS, EXERCISES, CHECKS = 200, 8, 13
NAMES = [
    *("Anna Müller", "陈伟", "Дмитрий Иванов", "محمد الفارسي", "שרה כהן", "ゆうき 山田"),
    *("पूजा शर्मा", "Mia Featherstonehaugh-Cholmondeley", "김민준", "Nguyễn Thị Minh Khai"),
]
DARK = "@media (prefers-color-scheme: dark)"
VERDICTS = [*[Verdict.PASSED] * 7, Verdict.FAILED, Verdict.ERROR, Verdict.TIMEOUT, Verdict.TODO]
FRAME = """<!doctype html><pre id="measured"></pre>
<script>onmessage = e => document.getElementById("measured").textContent = e.data;</script>
<iframe src="inner.html" width="{width}" height="900" style="border: 0"></iframe>
"""
MEASURE = (ROOT / "tests/data/measure.js").read_text("utf-8")


def course(root: Path) -> Course:
    """Eight exercises of 13 checks each."""
    for number in range(1, EXERCISES + 1):
        folder = root / f"solutions/ex{number}_made"
        (folder / "misconceptions").mkdir(parents=True)
        solution = f'"""What is exercise {number} about?"""\n\n\ndef f(): ...\n'
        (folder / "solution.py").write_text(solution)
        checks = (
            f'def test_check_{n}(learner):\n    """Check {n} holds for all that is handed in"""\n'
            for n in range(CHECKS)
        )
        (folder / "checks.py").write_text("\n\n".join(checks))
    return Course.open(root)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    made = course(tmp_path_factory.mktemp("course"))
    overview = Overview(made)
    for n in range(LEARNERS):
        name = f"{NAMES[n % len(NAMES)]} {n}"
        for number, exercise in enumerate(made.exercises):
            entry = Entry(name, name, exercise.stem, 1, f"submissions/{n}/x/1.py", late=n % 31 == 0)
            place = n * 7 + number * 3
            if place % 23 == 0:
                continue
            wrong = {
                check.name: (VERDICTS[(place + p * p) % len(VERDICTS)], f"Seen {place % 3}.", {})
                for p, check in enumerate(exercise.checks)
                if n % 5
            }
            lost = place % 37 == 0
            result = GradingError("No processes.") if lost else made_report(exercise, **wrong)
            overview.add(Counted(entry, mark_of("0" * 64, exercise.stem, "", result)))
    around = Surroundings("Autumn 2026 · الخريف", "autumn", lambda *words: " ".join(words), {}, 3)
    return class_page(overview, around)


def chromium(folder: Path, page: str, *options: str) -> str:
    """What Chromium prints about a page."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium fonts-noto-cjk")
    file = folder / "class.html"
    file.write_text(page, "utf-8")
    words = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
    command = [CHROMIUM, *words, *options, file.as_uri()]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=PATIENCE)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("width", [400, 1400])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_cut_or_hidden(page: str, tmp_path: Path, width: int, scheme: str) -> None:
    assert page.count(DARK) == 1
    page = page.replace(DARK, "@media all" if scheme == "dark" else "@media not all")
    page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    page = page.replace("</body>", f"<script>{MEASURE}</script></body>")
    (tmp_path / "inner.html").write_text(page, "utf-8")
    outer = FRAME.format(width=width)
    shown = chromium(tmp_path, outer, "--dump-dom", "--virtual-time-budget=20000")
    found = re.search('<pre id="measured">(.*?)</pre>', shown, re.S)
    assert found, shown[-500:]
    measured = json.loads(html.unescape(found[1]))
    assert measured["seen"] == []
    assert measured["width"] == width
    assert measured["rows"] == LEARNERS
    assert measured["cells"] > LEARNERS * EXERCISES * CHECKS * 0.8
    assert measured["narrow"] >= 10.4, "a sign has room"
    assert measured["size"] >= 10
    assert measured["high"] <= 80
    assert '"✓"' in measured["sign"]
    if width == 1400:
        assert measured["map"] <= measured["room"] + 1, "all of it at a glance"


def test_it_loads_nothing_and_runs_nothing(page: str, tmp_path: Path) -> None:
    evil = '<script>document.title = "ran"</script></body>'
    shown = chromium(tmp_path, page.replace("</body>", evil), "--dump-dom")
    assert "<title>Class Autumn" in shown, "the page's own policy keeps scripts from running"
    free = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    shown = chromium(tmp_path, free.replace("</body>", evil), "--dump-dom")
    assert "<title>ran" in shown, "without it they run"


def test_on_paper(page: str, tmp_path: Path) -> None:
    """Every learner is there, and no word leaves the sheet."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed: apt-get install poppler-utils")
    pdf = tmp_path / "class.pdf"
    chromium(tmp_path, page, f"--print-to-pdf={pdf}", "--no-pdf-header-footer")
    command = ["pdftotext", "-bbox", str(pdf), "-"]
    words = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    width = 0.0
    sizes, found = set(), set()
    for line in words.splitlines():
        if sheet := re.search('<page width="([0-9.]+)" height="([0-9.]+)"', line):
            width, height = map(float, sheet.groups())
            sizes.add(width > height)
        elif word := re.search('xMin="([-0-9.]+)".* xMax="([0-9.]+)".*>(.*)</word>', line):
            left, right, text = float(word[1]), float(word[2]), word[3]
            assert left >= 0, line
            assert right <= width, line
            found.add(text)
    assert sizes == {True, False}, "the map is on wide sheets, all else on high ones"
    assert {str(n) for n in range(LEARNERS)} <= found
