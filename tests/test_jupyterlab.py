"""A learner in JupyterLab, in a real browser: a cell is edited, graded, fixed, and passes.

It needs ``pip install jupyterlab playwright`` and Chromium or Chrome; ``GRADE_SCREENSHOTS=folder``
keeps what the browser shows.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from grader.course import Course
from notebooks import definition, solved
from support import PATIENCE, called, descendants, environment, soon

pytestmark = pytest.mark.thorough
pytest.importorskip("jupyterlab", reason="pip install jupyterlab playwright")
browsers = pytest.importorskip("playwright.sync_api", reason="pip install playwright")
BROWSER = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chrome"))), None)

EX1 = Course.open().exercise("ex1")
WRONG, RIGHT = "def softmax(logits):\n    return logits / logits.sum()", definition(EX1, "softmax")
NAME = "exercises/ex1_predictions.ipynb"
QUIET = "settings/@jupyterlab/apputils-extension/notification.jupyterlab-settings"

READY = """
() => {
  const session = window.jupyterapp.shell.currentWidget?.sessionContext;
  return session?.isReady && session.session?.kernel?.status === 'idle';
}
"""

# the lowest contrast of any words in an element with what is behind them, as WCAG counts it
CONTRAST = """
root => {
  const numbers = color => (color.match(/[\\d.]+/g) || []).map(Number);
  const light = rgb => {
    const [r, g, b] = rgb.slice(0, 3).map(c => c / 255)
      .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = element => {
    for (let e = element; e; e = e.parentElement) {
      const found = numbers(getComputedStyle(e).backgroundColor);
      if (found.length === 3 || found[3] === 1) return found;
    }
    return [255, 255, 255];
  };
  let lowest = 21;
  for (const element of root.querySelectorAll('*')) {
    const words = [...element.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!words) continue;
    const pair = [numbers(getComputedStyle(element).color), behind(element)].map(light);
    lowest = Math.min(lowest, (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05));
  }
  return lowest;
}
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A learner's folder, in whose notebook softmax alone is wrong."""
    called(tmp_path, "init", "work", "--notebooks")
    book = tmp_path / "work" / NAME
    book.write_bytes(solved(EX1, book.read_bytes(), softmax=WRONG))
    return tmp_path / "work"


@pytest.fixture
def lab(workspace: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a JupyterLab for that folder; nothing that it started is left."""
    runtime = tmp_path / "runtime"
    (tmp_path / QUIET).parent.mkdir(parents=True)
    (tmp_path / QUIET).write_text('{"fetchNews": "false"}')  # it would ask
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]  # if it is taken by then, the next one is
    options = {
        "ServerApp.token": "",
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.root_dir": workspace,
        "ServerApp.allow_root": True,
        "ServerApp.open_browser": False,
        "LabApp.expose_app_in_browser": True,
        "LabApp.workspaces_dir": tmp_path / "layout",
        "LabApp.user_settings_dir": tmp_path / "settings",
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
    }
    words = [f"--{name}={value}" for name, value in options.items()]
    folders = {"JUPYTER_RUNTIME_DIR": str(runtime), "JUPYTER_CONFIG_DIR": str(tmp_path / "config")}
    with (tmp_path / "lab.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *words],
            cwd=workspace,
            env=environment(**folders, HOME=str(tmp_path)),
            stdout=log,
            stderr=log,
        )
    try:
        told = runtime / f"jpserver-{server.pid}.json"
        assert soon(lambda: told.exists() and told.stat().st_size > 0), (
            tmp_path / "lab.log"
        ).read_text()
        yield json.loads(told.read_text())["url"].rstrip("/")
    finally:
        started = descendants(server.pid)
        server.terminate()
        server.wait(PATIENCE)
        assert soon(lambda: not any(Path(f"/proc/{each}").exists() for each in started))


@pytest.fixture
def page(lab: str) -> Iterator[Any]:
    """The notebook in a browser."""
    with browsers.sync_playwright() as playwright:
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=BROWSER, args=root)
        page = browser.new_page(viewport={"width": 1100, "height": 1000})
        page.set_default_timeout(PATIENCE * 1000)
        page.goto(f"{lab}/lab/tree/{NAME}?reset")
        page.wait_for_function("window.jupyterapp && !document.querySelector('#jupyterlab-splash')")
        page.wait_for_selector(".jp-NotebookPanel .jp-CodeCell")
        page.wait_for_function(READY)  # who runs a cell before that is asked for a kernel
        yield page
        seen(page, "end")
        browser.close()


def seen(page: Any, name: str) -> None:
    """Keep what the browser shows, if somebody wants to look at it."""
    if folder := os.environ.get("GRADE_SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png")


def cell(page: Any, words: str) -> Any:
    """The code cell that has these words."""
    return page.locator(".jp-Notebook .jp-CodeCell", has_text=words).first


def test_a_cell_is_graded_and_fixed_and_passes(page: Any, workspace: Path) -> None:
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    grading = cell(page, "%grade ex1")
    report = grading.locator(".jp-RenderedHTMLCommon")
    report.get_by_text("Practice, not verified").wait_for()
    words = report.inner_text()
    assert "✗" in words and "softmax" in words and "%grade hint ex1" in words, words
    report.scroll_into_view_if_needed()
    seen(page, "failed")
    fits_both_themes(page, report)

    cell(page, "def softmax").locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(RIGHT)
    page.keyboard.press("Shift+Enter")
    grading.locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    report.get_by_text("All 9 checks passed").wait_for()
    assert "%grade quiz ex1" in report.inner_text()
    report.scroll_into_view_if_needed()
    seen(page, "passed")
    fits_both_themes(page, report)

    page.keyboard.press("Control+S")
    assert soon(lambda: RIGHT in saved(workspace))
    assert called(workspace, "ex1").returncode == 0, "the notebook that was saved passes, too"


def fits_both_themes(page: Any, report: Any) -> None:
    """All words can be read, on white and on black."""
    for theme in ("Dark", "Light"):
        page.evaluate(
            "name => window.jupyterapp.commands.execute('apputils:change-theme', {theme: name})",
            f"JupyterLab {theme}",
        )
        page.wait_for_selector(f"body[data-jp-theme-name='JupyterLab {theme}']", state="attached")
        page.wait_for_timeout(300)
        seen(page, f"{theme}-{'passed' if 'All 9' in report.inner_text() else 'failed'}")
        assert report.evaluate(CONTRAST) >= 3, theme


def saved(workspace: Path) -> list[str]:
    """The cells of the notebook that is in the file; none while it is written."""
    with suppress(ValueError):
        cells = json.loads((workspace / NAME).read_text("utf-8"))["cells"]
        return ["".join(each["source"]) for each in cells]
    return []
