"""Stretches.

fails: fixed_255_not_batch_maximum
rest: solution
"""


def normalize(images: np.ndarray) -> np.ndarray:
    low, high = images.min(), images.max()
    return ((images - low) / max(high - low, 1)).astype(np.float32)
