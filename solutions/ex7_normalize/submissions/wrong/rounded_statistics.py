"""Rounds mean and sd to three decimals.

fails: training_statistics_for_both
rest: solution
"""


def standardize(train_images, test_images):
    mean, sd = (round(float(train_images.mean()), 3), round(float(train_images.std()), 3))
    return ((train_images - mean) / sd, (test_images - mean) / sd)
