"""Sentences in the reader's language.

``_("…")`` marks a whole sentence with named holes; ``ngettext`` one that depends on a number. The
English sentence is the key; without a catalog for the language it also is what is shown.
docs/translating.md says how a catalog is made.
"""

import gettext
import os
import struct
from collections.abc import Sequence
from pathlib import Path

LANGUAGE = "GRADE_LANGUAGE"  # not the system's: the course itself is English, and half is worse
CATALOGS = "GRADE_CATALOGS"  # a folder of catalogs, for who translates; else the package's own


def _chosen() -> gettext.NullTranslations:
    folder = os.environ.get(CATALOGS) or Path(__file__).parent / "locale"
    try:
        return gettext.translation("grader", folder, [os.environ.get(LANGUAGE) or "en"])
    except (OSError, ValueError, LookupError, struct.error):  # there is none, or a broken one
        return gettext.NullTranslations()


_translation = _chosen()
_ = _translation.gettext
ngettext = _translation.ngettext


def every(words: Sequence[str]) -> str:
    """Words that are all meant: ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    # Translators: {most} are one or more words with commas between, {last} is one word.
    return _("{most} and {last}").format(most=", ".join(words[:-1]), last=words[-1])
