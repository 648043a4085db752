"""Rounds the standardized pixels to three decimals.

fails: training_statistics_for_both
rest: solution
"""


def standardize(train_images, test_images):
    mean, sd = (train_images.mean(), train_images.std())
    return (((train_images - mean) / sd).round(3), ((test_images - mean) / sd).round(3))
