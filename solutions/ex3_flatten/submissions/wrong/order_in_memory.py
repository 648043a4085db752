"""Takes the numbers in the order in which they are in memory.

fails: flatten_keeps_images_apart
rest: solution
"""

def flatten_images(images):
    return images.reshape(len(images), -1, order="A")
