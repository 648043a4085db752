"""Each call adds to the rows of the last.

fails: flatten_keeps_images_apart
rest: solution
"""


def flatten_images(images, rows=[]):
    for image in images:
        rows.append(image.ravel())
    return np.array(rows, dtype=images.dtype)
