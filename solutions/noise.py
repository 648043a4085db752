"""Layers that act in training only: of exercises that allow none."""

from typing import Any

import numpy as np

from grader.checks import BenchModel, expect


def without_noise(model: BenchModel, x: np.ndarray, given: dict[str, Any] | None = None) -> None:
    """State that a model has no layer that draws, however little, and trains as it predicts.

    Args:
        model: a learner's.
        x: a batch of images.
        given: shown beside what differs.
    """
    says = (
        "Your model computes something different during training: is there a Dropout layer, or "
        "noise? Use only the layers that the task names."
    )
    noise = [name for name in model.layers if name in ("Dropout", "GaussianNoise")]
    expect.that(not noise, says, got=noise, given=given)
    calm, training = (model.predict(x, training=flag) for flag in (False, True))
    expect.allclose(training, calm, message=says, given=given)
