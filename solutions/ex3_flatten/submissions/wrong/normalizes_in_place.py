"""Sorts the pixels afterwards and spoils the original first.

fails: inputs_untouched
rest: solution
"""


def flatten_images(images):
    rows = images.reshape(len(images), -1).copy()
    images //= 2
    return rows
