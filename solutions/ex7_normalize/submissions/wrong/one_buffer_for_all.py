"""All calls of one shape return one array.

fails: input_untouched
says: What normalize returned first has changed
rest: solution
"""

buffers = {}


def normalize(images):
    out = buffers.setdefault(images.shape, np.empty(images.shape, np.float32))
    np.divide(images, np.float32(255), out=out, casting="unsafe")
    return out


def prepare(train_images, test_images):
    return train_images.astype(np.float32) / 255, test_images.astype(np.float32) / 255
