"""Small image sets that load without a download and without TensorFlow.

Each submodule has a `load_data` like that of its namesake in `tf.keras.datasets`.
Sources and licenses: see `NOTICE.md` in this folder.
"""

from . import fashion_mnist, mnist

__all__ = ["fashion_mnist", "mnist"]
