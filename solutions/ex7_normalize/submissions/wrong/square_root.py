"""Gamma.

fails: divides_by_255
rest: solution
"""


def normalize(images: np.ndarray) -> np.ndarray:
    return np.sqrt(images / 255).astype(np.float32)
