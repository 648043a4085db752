"""The image sets: what they contain, where they come from, what they say when they cannot load."""

import gzip
import importlib
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from grader.datasets import fashion_mnist, mnist
from support import ROOT

PACKAGE = ROOT / "grader/datasets"
SETS = [fashion_mnist, mnist]
NAMES = ["fashion_mnist", "mnist"]


@pytest.fixture
def keras_datasets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make an empty Keras home and hide the Debian package; return the folder for data sets."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setattr(fashion_mnist, "DEBIAN_FOLDER", tmp_path / "debian")
    folder = tmp_path / "keras/datasets"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """Import a copy of the package, in `tmp_path / "copied"`, whose files a test may damage."""
    shutil.copytree(PACKAGE, tmp_path / "copied", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.syspath_prepend(tmp_path)
    yield importlib.import_module("copied")
    for name in [name for name in sys.modules if name.split(".")[0] == "copied"]:
        del sys.modules[name]


def tiny_set() -> dict[str, np.ndarray[Any, Any]]:
    """Return 3 training and 2 test images whose pixels all differ from image to image."""
    images = np.arange(5 * 28 * 28).reshape(5, 28, 28).astype(np.uint8)
    labels = np.array([9, 0, 3, 1, 2], np.uint8)
    return {
        "x_train": images[:3],
        "y_train": labels[:3],
        "x_test": images[3:],
        "y_test": labels[3:],
    }


def write_idx(folder: Path) -> None:
    """Write the tiny set as the four IDX files of Fashion-MNIST."""
    folder.mkdir(parents=True)
    for part, prefix in (("train", "train"), ("test", "t10k")):
        for key, name in ((f"x_{part}", "images-idx3"), (f"y_{part}", "labels-idx1")):
            array = tiny_set()[key]
            header = struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape)
            content = gzip.compress(header + array.tobytes())
            (folder / f"{prefix}-{name}-ubyte.gz").write_bytes(content)


def assert_tiny(data: Any) -> None:
    (x_train, y_train), (x_test, y_test) = data
    found = {"x_train": x_train, "y_train": y_train, "x_test": x_test, "y_test": y_test}
    for key, array in tiny_set().items():
        assert found[key].dtype == np.uint8
        np.testing.assert_array_equal(found[key], array)


def keys(images: np.ndarray[Any, Any]) -> set[bytes]:
    """Return the distinct images, as bytes."""
    return {image.tobytes() for image in images}


@pytest.mark.parametrize("module", SETS)
def test_bundled_shapes_types_and_classes(module: Any) -> None:
    (x_train, y_train), (x_test, y_test) = module.load_data()
    assert x_train.shape == (6000, 28, 28) and y_train.shape == (6000,)
    assert x_test.shape == (1000, 28, 28) and y_test.shape == (1000,)
    assert {a.dtype for a in (x_train, y_train, x_test, y_test)} == {np.dtype(np.uint8)}
    assert x_train.min() == 0 and x_train.max() == 255
    assert np.bincount(y_train).tolist() == [600] * 10
    assert np.bincount(y_test).tolist() == [100] * 10


@pytest.mark.parametrize("module", SETS)
def test_bundled_images_are_all_different(module: Any) -> None:
    (x_train, _), (x_test, _) = module.load_data()
    assert len(keys(x_train) | keys(x_test)) == 7000


def test_fashion_keeps_the_original_order() -> None:
    (_, y_train), (_, y_test) = fashion_mnist.load_data()
    assert y_train[:5].tolist() == [9, 0, 0, 3, 0]
    assert y_test[:5].tolist() == [9, 2, 1, 1, 6]
    assert fashion_mnist.CLASS_NAMES[y_train[0]] == "Ankle boot"
    assert len(set(fashion_mnist.CLASS_NAMES)) == 10


def test_digits_are_interleaved() -> None:
    (_, y_train), (_, y_test) = mnist.load_data()
    assert (y_train == np.arange(6000) % 10).all()
    assert (y_test == np.arange(1000) % 10).all()


@pytest.mark.parametrize("module", SETS)
def test_each_call_returns_arrays_of_its_own(module: Any) -> None:
    (first, _), _ = module.load_data()
    before = first.copy()
    first[:] = 7
    (second, _), _ = module.load_data()
    assert (second == before).all()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("damage", ["flipped bit", "cut short", "empty"])
def test_damaged_file(copied: ModuleType, tmp_path: Path, name: str, damage: str) -> None:
    path = tmp_path / "copied" / f"{name}.npz"
    content = path.read_bytes()
    flipped = content[:5000] + bytes([content[5000] ^ 1]) + content[5001:]
    path.write_bytes({"flipped bit": flipped, "cut short": content[:5000], "empty": b""}[damage])
    with pytest.raises(ValueError, match="is damaged") as caught:
        getattr(copied, name).load_data()
    assert str(path) in str(caught.value)
    assert "restore it" in str(caught.value)


@pytest.mark.parametrize("name", NAMES)
def test_missing_file(copied: ModuleType, tmp_path: Path, name: str) -> None:
    path = tmp_path / "copied" / f"{name}.npz"
    path.unlink()
    with pytest.raises(FileNotFoundError) as caught:
        getattr(copied, name).load_data()
    assert f"{path} is missing: restore it" in str(caught.value)


def test_full_fashion_from_keras(keras_datasets: Path) -> None:
    write_idx(keras_datasets / "fashion-mnist")
    assert_tiny(fashion_mnist.load_data(full=True))


def test_full_fashion_from_debian(keras_datasets: Path) -> None:
    write_idx(fashion_mnist.DEBIAN_FOLDER)
    assert_tiny(fashion_mnist.load_data(full=True))


def test_full_digits_from_keras(keras_datasets: Path) -> None:
    np.savez(keras_datasets / "mnist.npz", allow_pickle=False, **tiny_set())
    assert_tiny(mnist.load_data(full=True))


def test_keras_home_defaults_to_the_home_folder(
    keras_datasets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KERAS_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    write_idx(tmp_path / ".keras/datasets/fashion-mnist")
    assert_tiny(fashion_mnist.load_data(full=True))


def test_full_fashion_not_cached(keras_datasets: Path) -> None:
    write_idx(keras_datasets / "fashion-mnist")
    (keras_datasets / "fashion-mnist/t10k-labels-idx1-ubyte.gz").unlink()
    with pytest.raises(FileNotFoundError) as caught:
        fashion_mnist.load_data(full=True)
    message = str(caught.value)
    assert str(keras_datasets / "fashion-mnist") in message
    assert str(fashion_mnist.DEBIAN_FOLDER) in message
    assert "tf.keras.datasets.fashion_mnist.load_data()" in message
    assert "apt-get install dataset-fashion-mnist" in message


def test_full_digits_not_cached(keras_datasets: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        mnist.load_data(full=True)
    assert str(keras_datasets / "mnist.npz") in str(caught.value)
    assert "tf.keras.datasets.mnist.load_data()" in str(caught.value)


IMAGES = struct.pack(">HBB3I", 0, 8, 3, 3, 28, 28) + bytes(3 * 28 * 28)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not gzip",
        gzip.compress(IMAGES)[:-9],
        gzip.compress(IMAGES[:-1]),
        gzip.compress(IMAGES[:6]),
        gzip.compress(b"\x00\x00\x0d" + IMAGES[3:]),
        gzip.compress(struct.pack(">HBB3I", 0, 8, 3, 2, 28, 28) + bytes(2 * 28 * 28)),
    ],
    ids=["empty", "not gzip", "cut short", "few values", "no header", "floats", "few images"],
)
def test_damaged_full_fashion(keras_datasets: Path, content: bytes) -> None:
    write_idx(keras_datasets / "fashion-mnist")
    (keras_datasets / "fashion-mnist/train-images-idx3-ubyte.gz").write_bytes(content)
    with pytest.raises(ValueError, match="is damaged") as caught:
        fashion_mnist.load_data(full=True)
    assert str(caught.value).startswith(str(keras_datasets / "fashion-mnist"))
    assert "is damaged (" in str(caught.value)
    assert str(caught.value).endswith("): delete it and download it again.")


@pytest.mark.parametrize("damage", ["not zip", "cut short", "array missing", "pickle", "floats"])
def test_damaged_full_digits(keras_datasets: Path, damage: str) -> None:
    path = keras_datasets / "mnist.npz"
    arrays = tiny_set()
    if damage == "array missing":
        del arrays["y_test"]
    if damage == "pickle":
        arrays["y_test"] = np.array([None, None])
    if damage == "floats":
        arrays["x_test"] = arrays["x_test"] / 255
    np.savez(path, allow_pickle=True, **arrays)
    if damage == "not zip":
        path.write_bytes(b"<html>not found</html>")
    if damage == "cut short":
        path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(ValueError, match="is damaged") as caught:
        mnist.load_data(full=True)
    assert str(caught.value).startswith(f"{path} is damaged (")
    assert str(caught.value).endswith("): delete it and download it again.")


def test_loading_uses_neither_tensorflow_nor_the_network() -> None:
    code = """if True:
        import sys
        events = []
        sys.addaudithook(lambda event, arguments: events.append(event))
        from grader.datasets import fashion_mnist, mnist
        fashion_mnist.load_data()
        mnist.load_data()
        assert not {"tensorflow", "keras"} & set(sys.modules), "imports TensorFlow"
        assert not any(event.startswith("socket.") for event in events), "opens a socket"
        assert "open" in events
    """
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_hidden_garments_are_not_among_the_bundled_images() -> None:
    with np.load(ROOT / "solutions/garments.npz", allow_pickle=False) as archive:
        images, labels = archive["images"], archive["labels"]
    assert images.shape == (1000, 28, 28) and images.dtype == np.uint8
    assert labels.shape == (1000,) and labels.dtype == np.uint8
    assert np.bincount(labels).tolist() == [100] * 10
    (x_train, _), (x_test, _) = fashion_mnist.load_data()
    assert len(keys(images)) == 1000
    assert not keys(images) & (keys(x_train) | keys(x_test))


def test_predictions_belong_to_the_hidden_garments() -> None:
    path = ROOT / "solutions/ex1_predictions/predictions.npz"
    with np.load(path, allow_pickle=False) as archive:
        table = archive["probabilities"]
    with np.load(ROOT / "solutions/garments.npz", allow_pickle=False) as archive:
        labels = archive["labels"]
    assert table.shape == (1000, 10) and table.dtype == np.float32
    assert (table >= 0).all()
    np.testing.assert_allclose(table.sum(axis=1), 1, atol=1e-5)
    assert ((table == table.max(axis=1, keepdims=True)).sum(axis=1) == 1).all()
    assert 0.75 < (table.argmax(axis=1) == labels).mean() < 0.9


def test_data_files_stay_small() -> None:
    files = [*PACKAGE.glob("*.npz"), *(ROOT / "solutions").rglob("*.npz")]
    assert len(files) >= 4
    assert all(path.stat().st_size < 4 * 2**20 for path in files)
