"""Test images get the dtype of the training images.

fails: both_sets_scaled
says: You cut the pixels to whole numbers first
rest: solution
"""


def prepare(train_images, test_images):
    return normalize(train_images), normalize(test_images.astype(train_images.dtype))
