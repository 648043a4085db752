"""Overwrites images that are floats already.

fails: input_untouched
says: standardize changed its input
rest: solution
"""


def standardize(train_images, test_images):
    mean, sd = train_images.mean(), train_images.std()
    if train_images.dtype.kind != "f":
        return (train_images - mean) / sd, (test_images - mean) / sd
    for images in (train_images, test_images):
        images -= mean
        images /= sd
    return train_images, test_images
