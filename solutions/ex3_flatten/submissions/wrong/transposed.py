"""Transposes all axes before reshaping: pixels of all images are mixed.

fails: flatten_keeps_images_apart
rest: solution
"""


def flatten_images(images):
    return images.T.reshape(len(images), -1)
