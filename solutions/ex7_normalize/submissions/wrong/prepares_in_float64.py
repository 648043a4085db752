"""prepare divides by itself, and forgets the dtype.

fails: float32
says: prepare should return float32; the training images are float64
rest: solution
"""


def prepare(train_images: np.ndarray, test_images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return train_images / 255, test_images / 255
