"""Clips what is far from the mean.

fails: training_statistics_for_both
says: You clipped the numbers
rest: solution
"""


def standardize(train_images, test_images):
    mean, sd = train_images.mean(), train_images.std()
    return tuple(np.clip((x - mean) / sd, -10, 10) for x in (train_images, test_images))
