"""Anki's own importer reads our package, twice: the second time it adds nothing.

python scripts/readers/anki_import.py

``pip install anki`` is needed, and genanki, which writes the package.
"""

import sys
import tempfile
from pathlib import Path

from grader.quiz.export import content
from grader.quiz.export.anki import anki
from made import sheets


def imported(package: Path, place: Path) -> list[dict[str, int]]:
    """What a fresh collection holds after each of two imports of a package."""
    from anki.collection import (  # type: ignore[import-not-found]
        Collection,
        ImportAnkiPackageOptions,
        ImportAnkiPackageRequest,
    )

    collection = Collection(str(place / "collection.anki2"))
    request = ImportAnkiPackageRequest(
        package_path=str(package), options=ImportAnkiPackageOptions()
    )
    found = []
    for _ in range(2):
        log = collection.import_anki_package(request).log
        decks = [each for each in collection.decks.all_names_and_ids() if each.name != "Default"]
        found.append(
            {
                "new": len(log.new),
                "notes": collection.note_count(),
                "cards": collection.card_count(),
                "decks": len(decks),
                "pictures": len(list(Path(collection.media.dir()).iterdir())),
            }
        )
    collection.close()
    return found


def main() -> int:
    """Try it."""
    asked = sheets()
    made = anki(asked)
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / "quizzes.apkg"
        package.write_bytes(made.data)
        first, second = imported(package, Path(folder))
    print(f"first import: {first}\nsecond import: {second}")
    wanted = {"notes": made.count, "decks": len(asked), "pictures": len(content.images(asked))}
    good = all(first[name] == second[name] == count for name, count in wanted.items())
    return 0 if good and first["new"] == made.count and second["new"] == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
