"""Gives the caller's array another shape.

fails: inputs_untouched
rest: solution
"""


def flatten_images(images):
    images.shape = (len(images), -1)
    return images
