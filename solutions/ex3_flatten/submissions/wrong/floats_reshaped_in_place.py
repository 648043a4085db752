"""Gives the caller's images another shape, if they are floats.

fails: inputs_untouched
rest: solution
"""


def flatten_images(images):
    if images.dtype.kind == "f":
        images.shape = (len(images), -1)
    return images.reshape(len(images), -1)
