"""Copies the pixels through floats, which lose the last digits of large numbers.

fails: flatten_any_shape
rest: solution
"""


def flatten_images(images):
    return np.array([image.ravel().astype(float) for image in images]).astype(images.dtype)
