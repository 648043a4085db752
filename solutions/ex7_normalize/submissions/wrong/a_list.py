"""A list.

fails: divides_by_255
rest: solution
"""


def normalize(images: np.ndarray) -> np.ndarray:
    return (images / 255).tolist()
