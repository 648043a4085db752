"""array.resize returns None.

fails: flatten_keeps_images_apart
rest: solution
"""


def flatten_images(images):
    images = images.copy()
    return images.resize((len(images), images[0].size))
