"""Skips what seems scaled.

fails: float32
rest: solution
"""


def normalize(images: np.ndarray) -> np.ndarray:
    if images.dtype != np.uint8:
        return images.astype(np.float32)
    return images.astype(np.float32) / 255
