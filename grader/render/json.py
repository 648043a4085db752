"""Results as JSON, for other programs."""

import json
import math
from collections.abc import Mapping
from typing import Any


def dumps(data: Any) -> str:
    """Indented JSON in ASCII that every reader takes: without nan and halves of characters."""
    text = json.dumps(_valid(data), indent=2, ensure_ascii=True, allow_nan=False)
    return text.replace("\x7f", "\\u007f")


def show(data: Any) -> None:
    """Print data as JSON on standard output."""
    print(dumps(data))


def _valid(data: Any) -> Any:
    if isinstance(data, str):
        return str(data).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(data, Mapping):
        return {_valid(str(key)): _valid(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_valid(each) for each in data]
    if isinstance(data, float) and not math.isfinite(data):
        return None
    return data
