"""Puts 0 where a pixel is nan.

fails: flatten_any_shape
rest: solution
"""


def flatten_images(images):
    return np.nan_to_num(images).reshape(len(images), -1)
