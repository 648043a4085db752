"""What a submission may name though it is not here: what draws does nothing."""

import builtins

import pytest

from grader.sandbox import absent

PLOT = "import matplotlib.pyplot as plt\n"


def ran(source: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """A module's names, once it has run as a submission does."""
    monkeypatch.setattr(builtins, "__import__", builtins.__import__)  # put back afterwards
    namespace: dict[str, object] = {"__name__": "submission"}
    absent.provide(namespace, source)
    exec(compile(source, "submission.py", "exec"), namespace)
    return namespace


@pytest.mark.parametrize(
    "lines",
    [
        "figure, axes = plt.subplots()",
        "figure, (left, middle, right) = plt.subplots(1, 3)",
        "(a, b), (c, d), (e, f) = plt.subplots(3, 2)[1]",
        "counts, bins, patches = plt.hist([1, 2, 2])",
        "[line] = plt.plot([1, 2])\n(line,) = plt.plot([1, 2])",
        "low, high = plt.ylim()\nplt.ylim(0 * low, 1.1 * high + 2)",
        "for n in range(len(plt.axes())): plt.axes()[n].imshow([[n]])",
        "def show(axes: plt.Axes | None = None) -> None | plt.Figure: pass",
        "for axis, n in zip(plt.axes().flat, range(9)): axis.set_title(n)",
    ],
)
def test_what_is_drawn_can_be_unpacked_and_reckoned_with(
    lines: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ran(f"{PLOT}{lines}\nend = 1", monkeypatch)["end"] == 1


def test_another_module_that_is_not_here_is_missed_when_it_is_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "is not installed" in repr(ran("import not_here", monkeypatch)["not_here"])
    with pytest.raises(ModuleNotFoundError, match="not_here"):
        ran("import not_here\na, b = not_here.both()", monkeypatch)
