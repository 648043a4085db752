"""Refuses images of more than five axes.

fails: flatten_any_shape
rest: solution
"""


def flatten_images(images):
    if images.ndim > 5:
        raise ValueError("too many axes")
    return images.reshape(len(images), -1)
