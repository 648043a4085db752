"""A single image loses its first axis.

fails: flatten_any_shape
rest: solution
"""


def flatten_images(images):
    return np.squeeze(images.reshape(len(images), -1))
