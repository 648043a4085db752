"""Room for a thousand images.

fails: flatten_keeps_images_apart
rest: solution
"""


def flatten_images(images: np.ndarray) -> np.ndarray:
    flat = np.zeros((len(images), images[0].size), images.dtype)
    for n, image in enumerate(images[:1_000]):
        flat[n] = image.ravel()
    return flat
