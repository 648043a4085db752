"""Adds a little to the sd, which shows where it is small.

fails: training_statistics_for_both
rest: solution
"""


def standardize(train_images, test_images):
    mean, sd = train_images.mean(), train_images.std() + 1e-5
    return (train_images - mean) / sd, (test_images - mean) / sd
