"""A list.

fails: float32
rest: solution
"""


def normalize(images: np.ndarray) -> np.ndarray:
    return (images / 255).tolist()
