"""The markers of checks, read from the source: what a check is worth, what it needs, its hints.

They are read, not run: ``grade`` needs them before it may run anything of a course. So whatever
can't be read is wrong, with a sentence that says what to write instead; nothing is ignored.
"""

import ast
import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from grader.i18n import _, ngettext

MOST_HINTS = 3
_MOST = 1_000_000  # points, or seconds
_BY_PYTEST = "parametrize"  # pytest runs this one; nothing of it is needed before

Fault = tuple[str, str]  # what is wrong, and what to do about it


@dataclass(frozen=True)
class Check:
    """What a check's source says of it: its decorators, its docstring, its parameters.

    Attributes:
        name: without ``test_``.
        title: the docstring's first line.
        points: from ``@pytest.mark.points``, 1 without it; whole, or a half.
        hints: from ``@pytest.mark.hint``, the first is the mildest.
        needs: names of checks that must pass before.
        concept: from ``@pytest.mark.concept``.
        timeout: seconds, from ``@pytest.mark.timeout``.
        tensorflow: whether its processes need TensorFlow whatever the submission imports.
        bonus: whether its points come on top, and a pass does not need it.
        craft: whether it is about good programs, not about the exercise's question.
        later: a function that it calls and that older files need not have; empty without one.
        parts: title and points of each, if it has parts; their sum is its points.
        source: what learners may read of it, if it is marked ``visible``.
    """

    name: str
    title: str
    points: float
    hints: tuple[str, ...]
    needs: tuple[str, ...]
    concept: str | None
    timeout: float
    tensorflow: bool
    bonus: bool = False
    craft: bool = False
    later: str = ""
    parts: tuple[tuple[str, float], ...] = ()
    source: str | None = None


@dataclass(frozen=True)
class Marker:
    """One marker of a check.

    Attributes:
        name: such as ``"points"``.
        line: where it is.
        arguments: their values; empty if something is wrong.
        fault: what is wrong with it, if anything is.
    """

    name: str
    line: int
    arguments: tuple[Any, ...] = ()
    fault: Fault | None = None


def _points(arguments: tuple[Any, ...]) -> Fault | None:
    good = len(arguments) == 1 and _above_0(arguments[0]) and arguments[0] * 2 % 1 == 0
    return None if good else (_has("points", arguments), _("write points(2) or points(0.5)"))


def _timeout(arguments: tuple[Any, ...]) -> Fault | None:
    good = len(arguments) == 1 and _above_0(arguments[0])
    return None if good else (_has("timeout", arguments), _("give seconds: timeout(30)"))


def _hint(arguments: tuple[Any, ...]) -> Fault | None:
    if 0 < len(arguments) <= MOST_HINTS and _texts(arguments):
        return None
    if not _texts(arguments):
        return _("has a hint that is no text"), _('write strings: hint("Look at the shape.")')
    count = len(arguments)
    many = ngettext("has {count} hint", "has {count} hints", count) if count else _("has no hint")
    return many.format(count=count), _(
        "give 1 to {most_hints} by @pytest.mark.hint, the mildest first"
    ).format(most_hints=MOST_HINTS)


def _concept(arguments: tuple[Any, ...]) -> Fault | None:
    if len(arguments) == 1 and _texts(arguments):
        return None
    return _has("concept", arguments), _('name one concept: concept("axes")')


def _needs(arguments: tuple[Any, ...]) -> Fault | None:
    if arguments and _texts(arguments):
        return None
    return _has("needs", arguments), _('name checks above it: needs("returns_a_list")')


def _later(arguments: tuple[Any, ...]) -> Fault | None:
    good = len(arguments) == 1 and _texts(arguments) and arguments[0].isidentifier()
    return None if good else (_has("later", arguments), _('name a function: later("votes")'))


def _part(arguments: tuple[Any, ...]) -> Fault | None:
    if len(arguments) == 2 and _points(arguments[:1]) is None and _texts(arguments[1:]):
        return None
    return _has(PART, arguments), _('write points and title: with part(2, "A tie is found")')


def _nothing(name: str) -> Callable[[tuple[Any, ...]], Fault | None]:
    def judge(arguments: tuple[Any, ...]) -> Fault | None:
        if not arguments:
            return None
        return _has(name, arguments), _("write {name} alone").format(name=name)

    return judge


_JUDGES: dict[str, Callable[[tuple[Any, ...]], Fault | None]] = {
    "points": _points,
    "hint": _hint,
    "needs": _needs,
    "concept": _concept,
    "timeout": _timeout,
    "tensorflow": _nothing("tensorflow"),
    "bonus": _nothing("bonus"),
    "craft": _nothing("craft"),
    "later": _later,
    "visible": _nothing("visible"),
}
MARKERS = tuple(_JUDGES)
PART = "part"  # ``with part(2, "title")`` in a check is read as if it were a marker


class Reader:
    """Reads the markers of one module's checks, however the module has imported pytest.

    Attributes:
        shared: the markers in ``pytestmark``, which each check has unless it has its own.
    """

    def __init__(self, tree: ast.Module) -> None:
        self._modules, self._marks = set[str](), set[str]()
        for node in ast.walk(tree):
            match node:
                case ast.Import():
                    known = (a.asname or a.name for a in node.names if a.name == "pytest")
                    self._modules.update(known)
                case ast.ImportFrom(module="pytest"):
                    self._marks.update(a.asname or a.name for a in node.names if a.name == "mark")
        self.shared = tuple(self._shared(tree))

    def of(self, check: ast.FunctionDef) -> list[Marker]:
        """The markers of a check, its own only, from top to bottom."""
        found: list[Marker] = []
        for decorator in check.decorator_list:
            marker = self._marker(decorator)
            if marker.fault is None and marker.name != _BY_PYTEST:
                if marker.name in (earlier.name for earlier in found):
                    fault = (
                        _("has {marker} twice").format(marker=marker.name),
                        _("leave one of them"),
                    )
                    marker = Marker(marker.name, marker.line, (), fault)
            found.append(marker)
        return [*found, *_parts(check, found)]

    def _shared(self, tree: ast.Module) -> Iterator[Marker]:
        for node in tree.body:
            match node:
                case (
                    ast.Assign(targets=[ast.Name(id="pytestmark")], value=ast.expr() as value)
                    | ast.AnnAssign(target=ast.Name(id="pytestmark"), value=ast.expr() as value)
                ):
                    listed = value.elts if isinstance(value, ast.List | ast.Tuple) else [value]
                    yield from map(self._marker, listed)

    def _marker(self, node: ast.expr) -> Marker:
        call = node.func if isinstance(node, ast.Call) else node
        name = self._name(call)
        if name is None:
            shown = ast.unparse(call)
            unread = (
                _("has {shown} on it, which can't be read").format(shown=shown),
                _("write each marker as pytest.mark.…"),
            )
            return Marker(shown, node.lineno, (), unread)
        arguments = node.args if isinstance(node, ast.Call) else []
        keywords = node.keywords if isinstance(node, ast.Call) else []
        values, fault = _judged(name, arguments, keywords)
        return Marker(name, node.lineno, () if fault else values, fault)

    def _name(self, node: ast.expr) -> str | None:
        match node:
            case ast.Attribute(value=ast.Name(id=owner), attr=name) if owner in self._marks:
                return name
            case ast.Attribute(
                value=ast.Attribute(value=ast.Name(id=owner), attr="mark"), attr=name
            ) if owner in self._modules:
                return name
        return None


def _parts(check: ast.FunctionDef, markers: list[Marker]) -> Iterator[Marker]:
    """The parts of a check, and what is wrong with them."""
    calls = [
        item.context_expr
        for node in ast.walk(check)
        if isinstance(node, ast.With)
        for item in node.items
        if is_part(item) and isinstance(item.context_expr, ast.Call)
    ]
    titles, worth = set[str](), 0.0
    for call in calls:
        values, fault = _values(PART, call.args, call.keywords, _part)
        if fault is None and values[1] in titles:
            fault = (
                _("has the part {values!r} twice").format(values=values[1]),
                _("give each part its own title"),
            )
        if fault is None:
            titles.add(values[1])
            worth += values[0]
        yield Marker(PART, call.lineno, () if fault else values, fault)
    for marker in markers if calls else ():
        if marker.name == _BY_PYTEST:
            fault = _("has parts and parameters"), _("loop over the values in a part")
            yield Marker(PART, marker.line, (), fault)
        if marker.name == "points" and marker.arguments and marker.arguments[0] != worth:
            fault = (
                _("has parts that add up to {worth:g} points").format(worth=worth),
                _("leave points out: it is their sum"),
            )
            yield Marker(PART, marker.line, (), fault)


def is_part(item: ast.withitem) -> bool:
    """Whether it begins a part of a check: ``with part(...)``."""
    match item.context_expr:
        case ast.Call(func=ast.Name(id="part") | ast.Attribute(attr="part")):
            return True
    return False


def _judged(
    name: str, arguments: list[ast.expr], keywords: list[ast.keyword]
) -> tuple[tuple[Any, ...], Fault | None]:
    """The values of a marker's arguments, and what is wrong with them."""
    if name == _BY_PYTEST:
        marks = any(k.arg == "marks" for a in arguments for k in _keywords(a))
        return (), _MARKED if marks else None
    if name not in _JUDGES:
        near = difflib.get_close_matches(name, MARKERS, 1)
        what = _("has pytest.mark.{name}, which no check can use").format(name=name)
        return (), (what, _("write {near}").format(near=near[0]) if near else _("leave it out"))
    return _values(name, arguments, keywords, _JUDGES[name])


def _values(
    name: str,
    arguments: list[ast.expr],
    keywords: list[ast.keyword],
    judge: Callable[[tuple[Any, ...]], Fault | None],
) -> tuple[tuple[Any, ...], Fault | None]:
    if keywords:
        written = ", ".join(f"{k.arg}=" if k.arg else "**" for k in keywords)
        fix = _("write the values alone, as in {get}").format(get=_EXAMPLES.get(name, name))
        return (), (
            _("has {name} with the keyword {written}").format(name=name, written=written),
            fix,
        )
    try:
        values = tuple(ast.literal_eval(a) for a in arguments)
    except (ValueError, TypeError):
        what = PART if name == PART else _("pytest.mark.{name}").format(name=name)
        return (), (_("has a {what} that is computed").format(what=what), _("write a literal"))
    return values, judge(values)


_MARKED = _("marks one of its parameters"), _("write a check of its own for it")
_EXAMPLES = {
    "points": "points(2)",
    "timeout": "timeout(30)",
    "hint": 'hint("mild", "clear")',
    "concept": 'concept("axes")',
    "needs": 'needs("other_check")',
    "later": 'later("votes")',
    PART: 'part(2, "A tie is found")',
}


def _keywords(node: ast.expr) -> Iterator[ast.keyword]:
    return (each for each in ast.walk(node) if isinstance(each, ast.keyword))


def _above_0(value: Any) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and 0 < value < _MOST


def _texts(values: tuple[Any, ...]) -> bool:
    return all(isinstance(value, str) and value.strip() for value in values)


def _has(name: str, arguments: tuple[Any, ...]) -> str:
    """What is wrong with a marker that was given these arguments."""
    # Translators: {marker} is code, such as points(-1); the name of a check stands before it.
    return _("has {marker}").format(marker=f"{name}({', '.join(map(repr, arguments))})")
