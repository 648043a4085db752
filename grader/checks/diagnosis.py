"""A sentence about a mistake that a check has recognized, with a hint about this very mistake."""

from typing import Self


class Diagnosis(str):
    """A message, or a sentence of ``otherwise``, that brings its own hint.

    ``grade hint`` gives this hint before those of the check. What is put in front of the sentence
    with ``+`` leaves it a diagnosis.

    Args:
        sentence: what is wrong.
        hint: how to find the cure; it neither repeats the sentence nor a hint of the check.

    Raises:
        ValueError: the hint is empty.
    """

    hint: str

    def __new__(cls, sentence: str, *, hint: str) -> Self:
        made = super().__new__(cls, sentence)
        made.hint = hint.strip()
        if not made.hint:
            raise ValueError(f"the diagnosis {sentence!r} has an empty hint")
        return made

    def __radd__(self, before: str) -> Self:
        return type(self)(f"{before}{self}", hint=self.hint)
