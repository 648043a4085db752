"""Gives the caller's color images another shape.

fails: inputs_untouched
rest: solution
"""


def flatten_images(images):
    if images.ndim > 3:
        images.shape = (*images.shape[:2], -1)
    return images.reshape(len(images), -1)
