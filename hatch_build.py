"""The README as a package index shows it: links to files of the repository lead nowhere there."""

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_TO_A_FILE = re.compile(r"\[([^]]+)\]\((?!https?:)[^)]+\)")


class ReadmeWithoutFiles(MetadataHookInterface):
    """Leaves a link's words, which name the file in the source archive."""

    def update(self, metadata: dict[str, Any]) -> None:
        text = (Path(self.root) / "README.md").read_text("utf-8")
        metadata["readme"] = {
            "content-type": "text/markdown",
            "text": _TO_A_FILE.sub(r"\1", text),
        }
