"""astype without a copy.

fails: input_untouched
rest: solution
"""


def normalize(images: np.ndarray) -> np.ndarray:
    result = images.astype(np.float32, copy=False)
    result /= 255
    return result
