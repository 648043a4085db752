"""``%load_ext grader``: grading in a notebook. IPython is imported here and nowhere else."""

from typing import Any

_loaded: dict[int, Any] = {}  # shells and their magics


def load_ipython_extension(shell: Any) -> None:
    """Give a shell ``%grade``, and start what grades in the background."""
    from grader.jupyter.magics import GradeMagics

    if id(shell) not in _loaded:
        _loaded[id(shell)] = GradeMagics.added(shell)


def unload_ipython_extension(shell: Any) -> None:
    """Take it away, and end what runs in the background."""
    magics = _loaded.pop(id(shell), None)
    if magics is not None:
        magics.close()
