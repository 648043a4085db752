"""Fashion-MNIST: 28 x 28 grayscale images of garments in ten classes."""

from pathlib import Path

from grader.i18n import _

from ._files import IDX_FILES, Data, keras_datasets, read_bundled, read_idx_folder

__all__ = ["CLASS_NAMES", "DEBIAN_FOLDER", "full_folder", "load_data"]

CLASS_NAMES = (
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
)

#: Where the Debian package `dataset-fashion-mnist` puts the full set.
DEBIAN_FOLDER = Path("/usr/share/datasets/fashion-mnist")

_SHA256 = "afa127173fb561e1f84187dbc84991e2d84797eeecefafa160f716e63cc6aaee"


def load_data(full: bool = False) -> Data:
    """Load Fashion-MNIST, by default the bundled part of it.

    Parameters
    ----------
    full : bool
        False: the bundled 6,000 training and 1,000 test images, equally many of each class.
        True: all 60,000 and 10,000 images, if Keras or Debian has them on this machine.

    Returns
    -------
    (x_train, y_train), (x_test, y_test)
        Images: uint8, shape (n, 28, 28), values 0 to 255.
        Labels: uint8, shape (n,), values 0 to 9, indices into `CLASS_NAMES`.

    Raises
    ------
    FileNotFoundError
        If the bundled file is missing, or the full set is not on this machine.
    ValueError
        If a file is damaged.

    Notes
    -----
    Source: https://github.com/zalandoresearch/fashion-mnist (MIT license, Zalando SE).
    """
    if not full:
        return read_bundled("fashion_mnist.npz", _SHA256)
    folder = full_folder()
    if folder is not None:
        return read_idx_folder(folder)
    keras, debian = _full_folders()
    raise FileNotFoundError(
        _(
            "The full Fashion-MNIST set is not on this machine (looked for its four "
            "files in {keras} and {debian}): download it once with "
            "`tf.keras.datasets.fashion_mnist.load_data()` or `apt-get install "
            "dataset-fashion-mnist`, or use the bundled part, `load_data()`."
        ).format(keras=keras, debian=debian)
    )


def full_folder() -> Path | None:
    """Where the full set is on this machine; None if it is not there."""
    for folder in _full_folders():
        if all((folder / name).is_file() for name in IDX_FILES):
            return folder
    return None


def _full_folders() -> tuple[Path, Path]:
    return keras_datasets() / "fashion-mnist", DEBIAN_FOLDER
