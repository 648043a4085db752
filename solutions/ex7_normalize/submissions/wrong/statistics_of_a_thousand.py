"""Takes mean and sd of the first thousand images.

fails: training_statistics_for_both
rest: solution
"""


def standardize(train_images, test_images):
    some = train_images[:1000]
    mean, sd = some.mean(), some.std()
    return (train_images - mean) / sd, (test_images - mean) / sd
