"""The last image comes first.

fails: flatten_keeps_images_apart
rest: solution
"""


def flatten_images(images):
    rows = None
    for image in images:
        row = image.reshape(1, -1)
        rows = row if rows is None else np.vstack([row, rows])
    return rows
