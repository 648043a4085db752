"""Collects what is marked for translation, and checks a translation of it.

::

    python scripts/messages.py extract messages.pot   # all templates, with notes for translators
    python scripts/messages.py check grader/locale    # catalogs keep the holes of each template
    python scripts/messages.py pseudo FOLDER          # a language that wraps each template in ⟦ ⟧

Then ``GRADE_CATALOGS=FOLDER GRADE_LANGUAGE=xx grade`` shows which sentences are not marked. See
docs/translating.md.
"""

import re
import string
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

PACKAGE = Path(__file__).resolve().parents[1] / "grader"
KEYWORDS = {"_": None, "ngettext": (1, 2)}
PSEUDO, DOMAIN = "xx", "grader"


def extracted() -> "Catalog":
    """Every marked template, and the help of every command."""
    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract_from_dir

    from grader.cli.app import command_line, helps

    catalog = Catalog(project=DOMAIN, charset="utf-8")
    for name, line, message, comments, _context in extract_from_dir(
        PACKAGE, keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
    ):
        catalog.add(message, None, [(f"grader/{name}", line)], auto_comments=comments)
    for __, text in helps(command_line()):
        catalog.add(text, None, auto_comments=["The help of a command."])
    return catalog


def holes(template: str) -> set[str]:
    """The names in braces, and the numbers of groups such as ``\\1``."""
    named = {name for _, name, _, _ in string.Formatter().parse(template) if name}
    return named | set(re.findall(r"\\\d", template))


def faults(catalog: "Catalog") -> list[str]:
    """Translations that would fail, or lose what a hole stands for."""
    found = []
    for message in catalog:
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        for translated in filter(None, strings if message.id else ()):
            try:
                same = holes(translated) in [holes(each) for each in ids]
            except ValueError as error:
                found.append(f"{translated!r}: {error}")
                continue
            if not same:
                found.append(f"{translated!r} has other holes than {ids[-1]!r}")
    return found


def pseudo(folder: Path) -> Path:
    """Write a compiled catalog in which each template is wrapped; its language is ``xx``."""
    from babel.messages.mofile import write_mo

    catalog = extracted()
    for message in catalog:
        if isinstance(message.id, tuple):
            message.string = tuple(map(_wrapped, message.id))
        elif message.id:
            message.string = _wrapped(message.id)
    path = folder / PSEUDO / "LC_MESSAGES" / f"{DOMAIN}.mo"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_mo(file, catalog)
    return path


def _wrapped(template: str) -> str:
    """All but the holes in brackets: what fills them is outside, and has its own or is no word."""
    return "⟦" + re.sub(r"(?<!\{)\{\w[^{}]*\}(?!\})", r"⟧\g<0>⟦", template) + "⟧"


def main(verb: str, place: Path) -> int:
    from babel.messages.pofile import read_po, write_po

    if verb == "extract":
        with place.open("wb") as file:
            write_po(file, extracted(), width=100, sort_by_file=True)
    elif verb == "pseudo":
        print(pseudo(place))
    elif verb == "check":
        found = []
        for path in sorted(place.rglob("*.po")):
            with path.open("rb") as file:
                found += [f"{path}: {fault}" for fault in faults(read_po(file))]
        print("\n".join(found) or "No faults.")
        return bool(found)
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])) if len(sys.argv) == 3 else print(__doc__) or 2)
