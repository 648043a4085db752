"""Counts the numbers of an image in 16 bits.

fails: flatten_keeps_images_apart
rest: solution
"""

def flatten_images(images):
    return images.reshape(len(images), int(np.prod(images.shape[1:], dtype=np.uint16)))
