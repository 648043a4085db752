"""Makes float16 of the pixels first.

fails: divides_by_255
rest: solution
"""


def normalize(images):
    return images.astype(np.float16).astype(np.float32) / 255
