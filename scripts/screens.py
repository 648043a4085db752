"""Takes every screen at every width, says what is wrong with it, and draws it light and dark.

    python scripts/screens.py FOLDER [NAME ...] [--quick] [--draw 100]

Each screen of ``tests/shots.py`` is taken in a pseudo-terminal of 60, 100 and 200 columns, with
TERM=dumb, with NO_COLOR, in ASCII and piped. What is on it goes to the folder as text; what a
program can see is wrong is printed, and 1 is the exit code then. With --draw the screens of that
mode are drawn by Chromium in two palettes, several on a picture, for a person to look at.
"""

import argparse
import io
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from shots import MODES, SHOTS, Studio, Taken, faults

Color = tuple[int, int, int]
XTERM: list[Color] = [
    *((0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0)),
    *((0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229)),
]
XTERM_BRIGHT: list[Color] = [
    *((127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0)),
    *((92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255)),
]
APPLE: list[Color] = [
    *((0, 0, 0), (153, 0, 0), (0, 166, 0), (153, 153, 0)),
    *((0, 0, 178), (178, 0, 178), (0, 166, 178), (191, 191, 191)),
]
APPLE_BRIGHT: list[Color] = [
    *((102, 102, 102), (230, 0, 0), (0, 217, 0), (230, 230, 0)),
    *((0, 0, 255), (230, 0, 230), (0, 230, 230), (230, 230, 230)),
]
PALETTES = {  # white of macOS's Terminal, black of xterm: the weakest colors of each kind
    "light": TerminalTheme((255, 255, 255), (0, 0, 0), APPLE, APPLE_BRIGHT),
    "dark": TerminalTheme((0, 0, 0), (229, 229, 229), XTERM, XTERM_BRIGHT),
}
LINES = 95  # of a picture
PAGE = "<!doctype html><meta charset=utf-8><style>body{{margin:0;display:flex;align-items:start}}\
pre{{font:14px/16px 'DejaVu Sans Mono';margin:0;padding:8px;white-space:pre}}</style>{panes}"
PANE = "<pre style='background:{background};color:{foreground}'>{code}</pre>"


def shown(taken: Taken, name: str, theme: TerminalTheme, columns: int) -> str:
    """A screen as HTML, under its name."""
    console = Console(record=True, width=columns, file=io.StringIO(), color_system="truecolor")
    text = Text.from_ansi(taken.shown.styled)
    console.print(Text(f"──── {name} ".ljust(columns, "─"), "dim"))
    console.print(text, crop=False, no_wrap=True, overflow="ignore", soft_wrap=True)
    return console.export_html(theme=theme, code_format="{code}", inline_styles=True)


def pictures(folder: Path, taken: dict[str, Taken], columns: int) -> Iterator[Path]:
    """Screens in both palettes side by side, as many as fit on a picture."""
    for number, names in enumerate(_pages(taken), 1):
        panes = ""
        for theme in PALETTES.values():
            code = "\n".join(shown(taken[name], name, theme, columns) for name in names)
            background, foreground = theme.background_color.hex, theme.foreground_color.hex
            panes += PANE.format(background=background, foreground=foreground, code=code)
        lines = sum(len(taken[name].shown.text) + 2 for name in names)
        yield _drawn(PAGE.format(panes=panes), folder / f"{number:02}.png", columns, lines)


def _pages(taken: dict[str, Taken]) -> Iterator[list[str]]:
    names: list[str] = []
    lines = 0
    for name, each in taken.items():
        height = len(each.shown.text) + 2
        if names and lines + height > LINES:
            yield names
            names, lines = [], 0
        names.append(name)
        lines += height
    if names:
        yield names


def _drawn(page: str, to: Path, columns: int, lines: int) -> Path:
    """A page as Chromium shows it."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
    with tempfile.TemporaryDirectory() as profile:
        file = Path(profile) / "page.html"
        file.write_text(page, "utf-8")
        size = f"--window-size={2 * (columns * 85 // 10 + 20)},{lines * 16 + 20}"
        words = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        made = [f"--user-data-dir={profile}", size, f"--screenshot={to}", file.as_uri()]
        subprocess.run([chromium, *words, *made], check=True, capture_output=True)
    return to


def main() -> int:
    """Take, check, draw."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--quick", action="store_true", help="only what takes no seconds")
    parser.add_argument("--mode", nargs="*", choices=MODES, help="only these")
    parser.add_argument("--draw", metavar="MODE", choices=MODES)
    options = parser.parse_intermixed_args()
    # a shell's background jobs ignore Ctrl-C, and so would all that they start
    signal.signal(signal.SIGINT, signal.default_int_handler)
    unknown = set(options.names) - SHOTS.keys()
    if unknown:
        parser.error(f"no such screen: {', '.join(sorted(unknown))}")
    wanted = {n: s for n, s in SHOTS.items() if not options.names or n in options.names}
    drawn: dict[str, Taken] = {}
    count = wrong = 0
    options.folder.mkdir(exist_ok=True, parents=True)
    with tempfile.TemporaryDirectory() as made:
        studio = Studio(Path(made))
        for name, shot in wanted.items():
            if options.quick and not shot.quick:
                continue
            modes = [mode for mode in shot.modes if not options.mode or mode in options.mode]
            try:
                taken = {mode: studio.take(shot, mode) for mode in modes}
            except AssertionError as error:  # what was waited for did not come
                print(f"{name}: {error}", flush=True)
                wrong += 1
                continue
            count += len(taken)
            for mode, each in taken.items():
                file = options.folder / f"{name}.{mode.replace(' ', '-')}.txt"
                file.write_text("\n".join(each.shown.text) + "\n", "utf-8")
            found = list(faults(shot, taken))
            wrong += len(found)
            for why in found:
                print(f"{name}, {why}", flush=True)
            if options.draw in taken:
                drawn[name] = taken[options.draw]
    print(f"{len(wanted)} screens, {count} shots, {wrong} faults")
    for path in pictures(options.folder, drawn, MODES[options.draw][0]) if drawn else ():
        print(path)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
