"""A sentence is shown in the language that is asked for, and in English without a catalog."""

import ast
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest

import grader
from grader.i18n import _, ngettext
from grader.parsing import parse
from support import modules

PACKAGE = Path(grader.__file__).parent


def catalog(sentences: dict[str, str]) -> bytes:
    """A compiled catalog; see "The Format of GNU MO Files" in gettext's manual."""
    sentences = {"": "Content-Type: text/plain; charset=UTF-8\n", **sentences}
    pairs = [(k.encode(), v.encode()) for k, v in sorted(sentences.items())]
    begin = 28 + 16 * len(pairs)
    texts, tables = b"", [b"", b""]
    for side in (0, 1):
        for pair in pairs:
            tables[side] += struct.pack("<II", len(pair[side]), begin + len(texts))
            texts += pair[side] + b"\0"
    header = (0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return struct.pack("<7I", *header) + tables[0] + tables[1] + texts


def test_english_needs_no_catalog() -> None:
    assert _("You took the argmax over axis {axis}.") == "You took the argmax over axis {axis}."
    assert [ngettext("{n} check", "{n} checks", n).format(n=n) for n in (0, 1, 2)] == [
        "0 checks",
        "1 check",
        "2 checks",
    ]


def test_a_catalog_is_chosen_by_the_environment(tmp_path: Path) -> None:
    module = (Path(grader.__file__).parent / "i18n.py").read_text("utf-8")
    (tmp_path / "i18n.py").write_text(module, "utf-8")
    folder = tmp_path / "locale/zh/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "grader.mo").write_bytes(catalog({"Passed.": "通过。"}))
    (tmp_path / "locale/de/LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "locale/de/LC_MESSAGES/grader.mo").write_bytes(catalog({})[:10])  # cut off
    shown = {}
    for language in ("zh", "xx", "de", ""):
        shown[language] = subprocess.run(
            [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
             "from i18n import _; sys.stdout.buffer.write(_('Passed.').encode())"],
            env={"GRADE_LANGUAGE": language, "LANG": "zh_CN.UTF-8"},
            capture_output=True,
            check=True,
        ).stdout.decode()  # fmt: skip
    assert shown == {"zh": "通过。", "xx": "Passed.", "de": "Passed.", "": "Passed."}


def test_no_variable_hides_the_mark() -> None:
    """Where a function has a variable ``_``, a sentence in it would not be translated, but fail."""
    found = []
    for path, tree in modules().items():
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.Lambda):
                names = [n for n in ast.walk(function) if isinstance(n, ast.Name) and n.id == "_"]
                if {type(name.ctx) for name in names} == {ast.Load, ast.Store}:
                    found.append(f"{path}:{function.lineno}")
    assert found == []


def unmarked(call: ast.Call) -> list[str]:
    """Strings of at least two words among the arguments that are in no mark."""
    found, left = [], [*call.args, *(each.value for each in call.keywords)]
    while left:
        node = left.pop()
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "ngettext"):
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if re.search(r"[A-Za-z]{2,}\W+[A-Za-z]+", node.value):
                found.append(node.value)
        left += ast.iter_child_nodes(node)
    return found


def test_every_error_for_a_person_is_marked() -> None:
    classes = [
        node
        for tree in modules().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    ]
    errors = {"GraderError"}
    while more := {
        each.name
        for each in classes
        if each.name not in errors and any(getattr(b, "id", "") in errors for b in each.bases)
    }:
        errors |= more
    calls = [
        (path, node)
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in errors
    ]
    assert len(errors) > 10 and len(calls) > 100
    found = {f"{path}:{call.lineno}": texts for path, call in calls if (texts := unmarked(call))}
    assert found == {}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('f(_("Not a file."))', []),
        ('f(_("{a} b").format(a=1), "word")', []),
        ('f("Not a file.")', ["Not a file."]),
        ('f(_("Yes, it is.") if a else f"{b} is not a file.")', [" is not a file."]),
    ],
)
def test_an_unmarked_error_would_be_found(code: str, expected: list[str]) -> None:
    call = parse(code).body[0].value  # type: ignore[attr-defined]
    assert unmarked(call) == expected
