"""Read image sets from files: the bundled archives, and what Keras or Debian has stored."""

import gzip
import hashlib
import io
import os
import struct
import zipfile
import zlib
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from grader.i18n import _

Array: TypeAlias = NDArray[np.uint8]
Data: TypeAlias = tuple[tuple[Array, Array], tuple[Array, Array]]

#: The four files of a full set in IDX form, named as in Keras and Debian.
IDX_FILES = (
    "train-images-idx3-ubyte.gz",
    "train-labels-idx1-ubyte.gz",
    "t10k-images-idx3-ubyte.gz",
    "t10k-labels-idx1-ubyte.gz",
)


def keras_datasets() -> Path:
    """Return the folder where Keras stores data sets, in `$KERAS_HOME` or else `~/.keras`."""
    return Path(os.environ.get("KERAS_HOME") or "~/.keras").expanduser() / "datasets"


def read_bundled(name: str, sha256: str) -> Data:
    """Read the archive `name` that lies next to this module.

    Raises FileNotFoundError if it is missing, ValueError if its SHA-256 checksum is not `sha256`.
    """
    path = Path(__file__).with_name(name)
    remedy = _("restore it with `git checkout`, or install this package again")
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise FileNotFoundError(
            _("{path} is missing: {remedy}.").format(path=path, remedy=remedy)
        ) from None
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise ValueError(
            _(
                "{path} is damaged (its SHA-256 checksum starts with {found} instead of "
                "{sha256}): {remedy}."
            ).format(path=path, found=found[:8], sha256=sha256[:8], remedy=remedy)
        )
    return _unpack(content)


def read_npz(path: Path) -> Data:
    """Read an archive with the arrays of `mnist.npz` in Keras; ValueError if it is damaged."""
    try:
        return _unpack(path.read_bytes())
    except _DAMAGE as error:
        raise _damaged(path, error) from error


def read_idx_folder(folder: Path) -> Data:
    """Read the `IDX_FILES` in `folder`; ValueError if one of them is damaged."""
    x_train, y_train, x_test, y_test = (_read_idx(folder / name) for name in IDX_FILES)
    try:
        return _checked(x_train, y_train, x_test, y_test)
    except ValueError as error:
        raise _damaged(folder, error) from error


_DAMAGE = (
    EOFError,
    KeyError,
    ValueError,
    gzip.BadGzipFile,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


def _damaged(path: Path, error: Exception) -> ValueError:
    reason = " ".join(str(error).split()).rstrip(".")
    return ValueError(
        _("{path} is damaged ({reason}): delete it and download it again.").format(
            path=path, reason=reason
        )
    )


def _unpack(content: bytes) -> Data:
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise ValueError(_("it is not a complete .npz archive"))
    with np.load(io.BytesIO(content), allow_pickle=False) as archive:
        return _checked(*(archive[name] for name in ("x_train", "y_train", "x_test", "y_test")))


def _read_idx(path: Path) -> Array:
    # IDX: two zero bytes, type 8 (uint8), number of axes, their big-endian lengths, the values.
    try:
        content = gzip.decompress(path.read_bytes())
        zeros, kind, axes = struct.unpack_from(">HBB", content)
        if (zeros, kind) != (0, 8):
            raise ValueError(_("it is not an IDX file of unsigned bytes"))
        shape = struct.unpack_from(f">{axes}I", content, 4)
        return np.frombuffer(content, np.uint8, offset=4 + 4 * axes).reshape(shape).copy()
    except _DAMAGE as error:
        raise _damaged(path, error) from error


def _checked(x_train: Array, y_train: Array, x_test: Array, y_test: Array) -> Data:
    for images, labels in ((x_train, y_train), (x_test, y_test)):
        if images.shape != (len(labels), 28, 28) or labels.ndim != 1:
            raise ValueError(
                _("images have shape {shape}, labels {shape2}").format(
                    shape=images.shape, shape2=labels.shape
                )
            )
        if images.dtype != np.uint8 or labels.dtype != np.uint8:
            raise ValueError(
                _("images are {dtype}, labels {dtype2}, not uint8").format(
                    dtype=images.dtype, dtype2=labels.dtype
                )
            )
    return (x_train, y_train), (x_test, y_test)
