"""Sentences in the reader's language.

``_("…")`` marks a whole sentence with named holes; ``ngettext`` one that depends on a number. The
English sentence is the key; without a catalog for the language it is also what is shown.
"""

import gettext
import os
from pathlib import Path

LANGUAGE = "GRADE_LANGUAGE"  # not the system's: the course itself is English, and half is worse
_CATALOGS = Path(__file__).parent / "locale"

_translation = gettext.translation(
    "grader", _CATALOGS, [os.environ.get(LANGUAGE) or "en"], fallback=True
)
_ = _translation.gettext
ngettext = _translation.ngettext
