"""One maximum for both.

fails: both_sets_scaled
rest: solution
"""


def prepare(train_images: np.ndarray, test_images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    top = max(train_images.max(), test_images.max())
    return (train_images / top).astype(np.float32), (test_images / top).astype(np.float32)
