"""Rounds to four decimals.

fails: training_statistics_for_both
says: You rounded to four decimals
rest: solution
"""


def standardize(train_images, test_images):
    mean, sd = train_images.mean(), train_images.std()
    return np.round((train_images - mean) / sd, 4), np.round((test_images - mean) / sd, 4)
