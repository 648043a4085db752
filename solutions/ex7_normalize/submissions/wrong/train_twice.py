"""Returns the training images twice.

fails: both_sets_scaled
rest: solution
"""


def prepare(train_images: np.ndarray, test_images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return normalize(train_images), normalize(train_images)
