"""Submissions that have every name and do nothing."""

import ast

from grader.parsing import parse


def hollow(solution: str, *, returns_argument: bool) -> str:
    """A solution whose functions all return at once.

    Args:
        solution: its source.
        returns_argument: whether each function returns what was passed first, or ``None``.
    """
    tree = _Hollow(returns_argument).visit(parse(solution))
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n"


class _Hollow(ast.NodeTransformer):
    def __init__(self, returns_argument: bool) -> None:
        self.returns_argument = returns_argument
        self.in_class = False

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        self.in_class = True
        self.generic_visit(node)
        self.in_class = False
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        arguments = [a.arg for a in node.args.posonlyargs + node.args.args]
        if self.in_class:
            arguments = arguments[1:] or arguments  # not self, if there is another
        value: ast.expr = ast.Constant(None)
        if self.returns_argument and arguments and node.name != "__init__":
            value = ast.Name(arguments[0], ast.Load())
        # by way of a variable: a body that only returns None counts as not written yet
        result = ast.Assign([ast.Name("result", ast.Store())], value)
        node.body = [result, ast.Return(ast.Name("result", ast.Load()))]
        return node
