"""One name for one thing: no class of the package has the name of another."""

import ast
from collections import defaultdict

from support import modules


def named(tree: ast.Module) -> set[str]:
    """The classes and the types that a file defines, with or without an underscore."""
    found = set()
    for node in tree.body:
        match node:
            case ast.ClassDef(name=name):
                found.add(name.lstrip("_"))
            case ast.Assign(targets=[ast.Name(id=name)]) if (
                name[0].isupper() and name != name.upper()
            ):
                found.add(name)
    return found


def test_no_type_has_the_name_of_another() -> None:
    files = defaultdict(list)
    for path, tree in modules().items():
        for name in named(tree):
            files[name].append(path.as_posix())
    assert files["Report"] == ["report.py"]
    assert {name: twins for name, twins in files.items() if len(twins) > 1} == {}
