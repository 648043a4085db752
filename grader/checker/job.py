"""What a checker is to do: the grader says it when it starts one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Job:
    """One submission and the checks that may be run on it; plain data, so that JSON carries it.

    Attributes:
        root: the course's folder.
        checks: the file of the hidden checks.
        source: the submission's text.
        filename: what tracebacks call it.
        module: its ``__name__``.
        tensorflow: whether the submission imports TensorFlow or Keras.
        tensorflow_checks: whether one of the checks needs a learner with TensorFlow.
        cells: of a notebook, see ``grader.submission.Code``.
        timeouts: the seconds that each check may take, by its name.
        repeats: whether one check runs with many seeds, and processes may serve many runs.
        records: whether a check that fails says what it sent to the submission.
    """

    root: str
    checks: str
    source: str
    filename: str
    module: str
    tensorflow: bool
    tensorflow_checks: bool
    timeouts: Mapping[str, float]
    cells: Sequence[Sequence[int]] = ()
    repeats: bool = False
    records: bool = False
