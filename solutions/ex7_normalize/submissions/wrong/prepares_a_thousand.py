"""Prepares a thousand images of each set at most.

fails: both_sets_scaled
rest: solution
"""


def prepare(train_images, test_images):
    return normalize(train_images[:1000]), normalize(test_images[:1000])
