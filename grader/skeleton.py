"""The last hint: a solution's steps, with a blank wherever something has to be thought of."""

import ast
from collections.abc import Collection

from grader.parsing import parse

BLANK = "___"
_CASTS = ("int", "float", "list", "bool", "str")


def skeleton(solution: str, names: Collection[str]) -> str:
    """Functions and classes of a solution without docstrings, their expressions partly blank.

    What stays is the order of the steps: loops, conditions, names, and which functions are called.

    Args:
        solution: its source.
        names: of the functions and classes to show.
    """
    parts = [
        node
        for node in parse(solution).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in names
    ]
    return "\n\n".join(ast.unparse(ast.fix_missing_locations(_Blanks().visit(p))) for p in parts)


class _Blanks(ast.NodeTransformer):
    """Statements are kept, their expressions are blanked."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._without_docstring(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return self._without_docstring(node)

    def _without_docstring(self, node: ast.FunctionDef | ast.ClassDef) -> ast.AST:
        if ast.get_docstring(node) is not None and node.body[1:]:
            del node.body[0]
        node.body = [self.visit(each) for each in node.body]
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        node.value = _blank(node.value)
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        node.value = _blank(node.value)
        return node

    def visit_Return(self, node: ast.Return) -> ast.AST:
        node.value = node.value and _blank(node.value)
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        node.value = _blank(node.value)
        return node

    def visit_If(self, node: ast.If) -> ast.AST:
        node.test = _blank(node.test)
        return self.generic_visit(node)

    def visit_While(self, node: ast.While) -> ast.AST:
        node.test = _blank(node.test)
        return self.generic_visit(node)

    def visit_For(self, node: ast.For) -> ast.AST:
        node.iter = _blank(node.iter)
        return self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> ast.AST:
        node.exc = node.exc and _blank(node.exc)
        return node


def _blank(node: ast.expr) -> ast.expr:
    """The outermost operation of an expression, blanks within."""
    match node:
        case ast.Name() | ast.Attribute():
            return node if _is_plain(node) else _any()
        case ast.Call(func=func, args=args, keywords=keywords):
            inner = [_listed(each) for each in args if isinstance(each, ast.List)]
            if isinstance(func, ast.Name) and func.id in _CASTS and len(args) == 1:
                inner = [_blank(args[0])]
            blanks: list[ast.expr] = [_any()] if not inner and (args or keywords) else []
            func = func if _is_plain(func) else _method(func)
            return ast.Call(func, [*inner, *blanks], [])
        case ast.BinOp(left=left, op=op, right=right):
            left, right = (
                _any() if isinstance(each, ast.BinOp) else _blank(each) for each in (left, right)
            )
            return ast.BinOp(left, op, right)
        case ast.Compare(left=left, ops=ops, comparators=others):
            return ast.Compare(_blank(left), ops, [_any() for _ in others])
        case ast.BoolOp(op=op, values=values):
            return ast.BoolOp(op, [_blank(values[0]), *(_any() for _ in values[1:])])
        case ast.Dict(keys=keys):
            return ast.Dict(keys, [_any() for _ in keys])
        case ast.List():
            return _listed(node)
        case ast.Tuple(elts=elements):
            return ast.Tuple([_any() for _ in elements], ast.Load())
        case ast.Subscript(value=value) if _is_plain(value):
            return ast.Subscript(value, _any(), ast.Load())
    return _any()


def _listed(node: ast.List) -> ast.expr:
    if not all(isinstance(each, ast.Call) for each in node.elts):
        return _any()
    return ast.List([_blank(each) for each in node.elts], ast.Load())


def _method(func: ast.expr) -> ast.expr:
    if isinstance(func, ast.Attribute):
        return ast.Attribute(_any(), func.attr, ast.Load())
    return _any()


def _is_plain(node: ast.expr) -> bool:
    """Whether it is a name, or dots behind one."""
    while isinstance(node, ast.Attribute):
        node = node.value
    if isinstance(node, ast.Call) and not node.args:  # super()
        node = node.func
    return isinstance(node, ast.Name)


def _any() -> ast.expr:
    return ast.Name(BLANK, ast.Load())
