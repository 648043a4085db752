"""A backend for matplotlib: ``plt.show()`` draws in the terminal, where there is no window.

``grade run`` names it where there is no display, by ``MPLBACKEND=module://…``; see "Writing a
backend" in matplotlib's manual. It runs in the learner's own program.
"""

import base64
import io
import os
import sys

import numpy as np
from matplotlib import pyplot
from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_agg import FigureCanvasAgg

from grader.i18n import _

_WIDEST, _USUAL = 100, 80  # columns
_CHUNK = 4096  # bytes in one of Kitty's messages
_KITTY = ("xterm-kitty", "xterm-ghostty")  # TERM
_INLINE = ("iTerm.app", "WezTerm")  # TERM_PROGRAM


class FigureManager(FigureManagerBase):
    """Shows a figure by printing it, once."""

    def show(self) -> None:
        """Print the figure and close it, as a window would be."""
        print(printed(self.canvas), flush=True)
        pyplot.close(self.canvas.figure)


class FigureCanvas(FigureCanvasAgg):
    """A figure in memory."""

    manager_class = FigureManager


def printed(canvas: FigureCanvasAgg) -> str:
    """What shows a figure here: an image where the terminal has them, else colored halves."""
    terminal, program = os.environ.get("TERM", ""), os.environ.get("TERM_PROGRAM", "")
    plain = not sys.stdout.isatty() or terminal in ("", "dumb")
    if plain or not (sys.stdout.encoding or "").lower().startswith("utf"):
        return _('[A plot: see it in a terminal, or save it with plt.savefig("plot.png").]')
    if terminal in _KITTY or program in _INLINE:
        file = io.BytesIO()
        canvas.print_png(file)
        return (kitty if terminal in _KITTY else _inline)(base64.b64encode(file.getvalue()))
    canvas.draw()
    # 0 where the terminal does not know its size
    columns = os.get_terminal_size(sys.stdout.fileno()).columns or _USUAL
    return halves(np.asarray(canvas.buffer_rgba())[..., :3], min(columns - 1, _WIDEST))


def kitty(data: bytes) -> str:
    """https://sw.kovidgoyal.net/kitty/graphics-protocol/"""
    chunks = [data[at : at + _CHUNK].decode() for at in range(0, len(data), _CHUNK)]
    more = [f"m={int(number < len(chunks))}" for number in range(1, len(chunks) + 1)]
    keys = ["a=T,f=100,", *[""] * (len(chunks) - 1)]
    parts = zip(keys, more, chunks, strict=True)
    return "".join(f"\033_G{first}{rest};{chunk}\033\\" for first, rest, chunk in parts)


def _inline(data: bytes) -> str:
    """https://iterm2.com/documentation-images.html"""
    return f"\033]1337;File=inline=1:{data.decode()}\a"


def halves(pixels: np.ndarray, columns: int) -> str:
    """An image in so many columns, two pixels in one character.

    Args:
        pixels: (height, width, 3) uint8.
        columns: at most the image's width.
    """
    height, width, _colors = pixels.shape
    columns = min(columns, width)
    rows = 2 * max(round(columns * height / width / 2), 1)
    downs, acrosses = (np.arange(n) * size // n for n, size in ((rows, height), (columns, width)))
    sums = np.add.reduceat(np.add.reduceat(pixels.astype(np.int64), downs, 0), acrosses, 1)
    counts = np.outer(np.diff([*downs, height]), np.diff([*acrosses, width]))
    small = (sums // counts[..., np.newaxis]).tolist()
    lines = []
    for upper, lower in zip(small[::2], small[1::2], strict=True):
        cells = (
            f"\033[38;2;{a[0]};{a[1]};{a[2]};48;2;{b[0]};{b[1]};{b[2]}m▀"
            for a, b in zip(upper, lower, strict=True)
        )
        lines.append("".join(cells) + "\033[0m")
    return "\n".join(lines)
