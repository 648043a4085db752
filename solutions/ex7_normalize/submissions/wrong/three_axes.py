"""Needs three.

fails: any_shape
rest: solution
"""


def normalize(images: np.ndarray) -> np.ndarray:
    n, h, w = images.shape
    return images.reshape(n, h, w).astype(np.float32) / 255
