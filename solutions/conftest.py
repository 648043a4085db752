"""Data for hidden checks: garments that no learner has seen."""

from pathlib import Path

import numpy as np
import pytest

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def garments() -> tuple[np.ndarray, np.ndarray]:
    """1,000 test garments that are not in the bundled subset: images (n, 28, 28), labels (n,)."""
    with np.load(HERE / "garments.npz", allow_pickle=False) as data:
        return data["images"], data["labels"]


@pytest.fixture(scope="session")
def predictions() -> np.ndarray:
    """A trained model's probabilities for the garments, (n, 10) float32."""
    with np.load(HERE / "ex1_predictions" / "predictions.npz", allow_pickle=False) as data:
        return data["probabilities"]
