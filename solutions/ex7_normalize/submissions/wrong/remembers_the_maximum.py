"""The maximum of the first call.

fails: fixed_255_not_batch_maximum
rest: solution
"""

top = []


def normalize(images: np.ndarray) -> np.ndarray:
    top.append(max(int(images.max(initial=1)), 1))
    return (images / top[0]).astype(np.float32)
