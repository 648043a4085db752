"""No return.

fails: divides_by_255
rest: solution
"""


def normalize(images: np.ndarray) -> np.ndarray:
    print(images / 255)
