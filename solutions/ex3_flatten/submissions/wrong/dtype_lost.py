"""Fills an array of float64.

fails: flatten_any_shape
rest: solution
"""


def flatten_images(images):
    rows = np.zeros((len(images), images[0].size))
    for i, image in enumerate(images):
        rows[i] = image.ravel()
    return rows
