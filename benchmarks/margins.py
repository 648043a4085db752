"""How far right solutions stay from the thresholds of the checks that train on real garments.

python benchmarks/margins.py [--runs 40]

Trains as the checks do, in one process and without protection, each run with a seed of its own;
a margin is the distance from the mean to the threshold in standard deviations. docs/proof.md holds
the figures.
"""

import argparse
import importlib.util
import os
import statistics
from types import ModuleType

import numpy as np

from grader.course import Course
from grader.datasets import fashion_mnist

os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}

# what is measured: (the threshold, whether right solutions lie above it)
THRESHOLDS = {
    "ex2: training loss of the fifth epoch": (0.60, False),
    "ex2: accuracy on 1,000 unseen garments": (0.77, True),
    "ex5: accuracy with one hidden layer": (0.60, True),
    "ex5: accuracy with two hidden layers": (0.60, True),
}


def solution(name: str) -> ModuleType:
    """The reference solution of an exercise."""
    path = Course.open().exercise(name).solution
    spec = importlib.util.spec_from_file_location(path.parent.name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=40)
    runs = parser.parse_args().runs
    import keras

    (images, labels), _ = fashion_mnist.load_data()
    hidden = Course.open().root / "solutions" / "garments.npz"
    with np.load(hidden, allow_pickle=False) as data:
        garments, kinds = data["images"], data["labels"]
    ex2, ex5 = solution("ex2"), solution("ex5")
    found: dict[str, list[float]] = {name: [] for name in THRESHOLDS}
    loss, unseen, one, two = found.values()

    def accuracy(model: keras.Model, x: np.ndarray) -> float:
        return float(np.mean(model.predict(x, verbose=0).argmax(axis=1) == kinds))

    for seed in range(runs):
        rng = np.random.default_rng(seed)
        keras.utils.set_random_seed(seed)
        some = rng.permutation(len(images))[: int(rng.integers(5850, 5990))]
        x = (images[some] / 255).astype(np.float32)
        model = ex2.compile_model(ex2.build_model(int(rng.integers(96, 161))))
        loss.append(ex2.timed_fit(model, x, labels[some], 5)["loss"])
        noisy = garments / 255 + rng.normal(0, 0.02, garments.shape)
        unseen.append(accuracy(model, noisy.clip(0, 1).astype(np.float32)))

        some = rng.permutation(len(images))[:1500]
        x, units = (images[some] / 255).astype(np.float32), int(rng.integers(64, 97))
        for layers, into in (([units], one), ([units, units // 2], two)):
            model = ex5.build_mlp(layers)
            model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
            model.fit(x, labels[some], epochs=3, verbose=0)
            into.append(accuracy(model, (garments / 255).astype(np.float32)))
        keras.backend.clear_session()

    print(f"{runs} runs\n")
    print("| measured | mean | sd | worst | threshold | margin |")
    print("|---|---|---|---|---|---|")
    for name, (threshold, above) in THRESHOLDS.items():
        values = found[name]
        mean, sd = statistics.mean(values), statistics.stdev(values)
        worst, margin = (min if above else max)(values), abs(mean - threshold) / sd
        print(f"| {name} | {mean:.3f} | {sd:.4f} | {worst:.3f} | {threshold} | {margin:.1f} sd |")


if __name__ == "__main__":
    main()
