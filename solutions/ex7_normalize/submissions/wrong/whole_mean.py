"""The mean as an int.

fails: training_statistics_for_both
rest: solution
"""


def standardize(train_images: np.ndarray, test_images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    mean, sd = int(train_images.mean()), int(train_images.std())
    return (train_images - mean) / sd, (test_images - mean) / sd
