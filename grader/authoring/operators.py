"""Small changes to a solution, each of which some check should notice.

The operators are mutmut's, and a few of ours in the same form for what it leaves alone: a function
from a libcst node to the nodes that may stand in its place. Of mutmut only these are used, not its
runner: mutants are graded like any submission.
"""

from collections.abc import Iterable, Iterator

import libcst as cst
from libcst import matchers
from libcst.metadata import MetadataWrapper
from mutmut.mutation.file_mutation import MutationVisitor
from mutmut.mutation.mutators import mutation_operators
from mutmut.mutation.pragma_handling import IgnoredCode

_OPPOSITES = [
    ("max", "min"),
    ("maximum", "minimum"),
    ("argmax", "argmin"),
    ("zeros", "ones"),
    ("append", "remove"),
]
_OPPOSITE = dict(_OPPOSITES) | {b: a for a, b in _OPPOSITES} | {"mean": "sum", "sum": "mean"}


def mutations(source: str, lines: set[int]) -> Iterator[str]:
    """The source with one change, for each change that may begin in these lines."""
    wrapper = MetadataWrapper(cst.parse_module(source))
    visitor = MutationVisitor(OPERATORS, IgnoredCode(set(), set(), set()), covered_lines=lines)
    wrapper.visit(visitor)
    for each in visitor.mutations:
        yield wrapper.module.deep_replace(each.original_node, each.mutated_node).code


def number_minus_one(node: cst.BaseNumber) -> Iterable[cst.BaseExpression]:
    """3 -> 2, 0 -> -1."""
    if isinstance(node, cst.Integer | cst.Float):
        yield cst.parse_expression(repr(node.evaluated_value - 1))


def negated_condition(node: cst.CSTNode) -> Iterable[cst.CSTNode]:
    """If a: -> if not (a):"""
    inner = node.test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    yield node.with_changes(test=cst.UnaryOperation(cst.Not(), inner))


def opposite_comparison(node: cst.ComparisonTarget) -> Iterable[cst.ComparisonTarget]:
    """A < b -> a > b; mutmut moves the limit only."""
    swapped = {
        cst.LessThan: cst.GreaterThan,
        cst.LessThanEqual: cst.GreaterThanEqual,
        cst.GreaterThan: cst.LessThan,
        cst.GreaterThanEqual: cst.LessThanEqual,
    }
    if other := swapped.get(type(node.operator)):
        yield node.with_changes(operator=other())


def dropped_statement(node: cst.BaseSmallStatement) -> Iterable[cst.Pass]:
    """A call, an assignment to an attribute or an element, a raise: -> pass."""
    if matchers.matches(node, matchers.Expr(matchers.SimpleString())):
        return  # a docstring
    if isinstance(node, cst.Assign) and all(isinstance(t.target, cst.Name) for t in node.targets):
        return  # without the name nothing works
    yield cst.Pass()


def returns_none(node: cst.Return) -> Iterable[cst.Return]:
    """Return a -> return None."""
    if node.value is not None:
        yield node.with_changes(value=cst.Name("None"))


def swapped_arguments(node: cst.Call) -> Iterable[cst.Call]:
    """f(a, b) -> f(b, a), for neighbors without a name."""
    for n, (a, b) in enumerate(zip(node.args, node.args[1:], strict=False)):
        if not (a.keyword or b.keyword or a.star or b.star):
            pair = [a.with_changes(value=b.value), b.with_changes(value=a.value)]
            yield node.with_changes(args=[*node.args[:n], *pair, *node.args[n + 2 :]])


def open_slice(node: cst.Slice) -> Iterable[cst.Slice]:
    """a[1:3] -> a[:3], a[1:]."""
    for part in ("lower", "upper", "step"):
        if getattr(node, part) is not None:
            yield node.with_changes(**{part: None})


def dropped_element(node: cst.List | cst.Dict) -> Iterable[cst.List | cst.Dict]:
    """[a, b] -> [b], [a]; the same for the entries of a dictionary."""
    for n in range(len(node.elements)):
        yield node.with_changes(elements=[*node.elements[:n], *node.elements[n + 1 :]])


def opposite_name(node: cst.Attribute) -> Iterable[cst.Attribute]:
    """np.max -> np.min, mean -> sum, and their like."""
    if other := _OPPOSITE.get(node.attr.value):
        yield node.with_changes(attr=cst.Name(other))


OPERATORS = [
    *mutation_operators,
    (cst.BaseNumber, number_minus_one),
    (cst.If | cst.While | cst.CompIf | cst.Assert, negated_condition),
    (cst.ComparisonTarget, opposite_comparison),
    (cst.Expr | cst.Assign | cst.AugAssign | cst.Raise | cst.Del, dropped_statement),
    (cst.Return, returns_none),
    (cst.Call, swapped_arguments),
    (cst.Slice, open_slice),
    (cst.List | cst.Dict, dropped_element),
    (cst.Attribute, opposite_name),
]
