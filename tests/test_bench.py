"""The bench trains as Keras does, and serves check after check as if each had its own."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import grader
from grader.report import Activity, Event, Verdict
from grader.sandbox.interpreters import Process

SOLUTION = Path(__file__).parent / "courses/models/solutions/ex1_models/solution.py"

AS_KERAS = """
import json
import keras, numpy as np
from grader.sandbox import bench

LAYERS = [
    ("InputLayer", {"batch_shape": [None, 6, 6]}),
    ("Flatten", {}),
    ("Dense", {"units": 9, "activation": "relu"}),
    ("BatchNormalization", {}),
    ("Dropout", {"rate": 0.3}),
    ("Dense", {"units": 3, "activation": "softmax"}),
]
CONFIG = {
    "name": "model",
    "layers": [
        {"module": "keras.layers", "class_name": n, "config": c, "registered_name": None}
        for n, c in LAYERS
    ],
}
rng = np.random.default_rng(0)
x, y = rng.random((75, 6, 6)), rng.integers(0, 3, 75)
split = {"validation_split": 0.2, "class_weight": {0: 2.0, 1: 1.0, 2: 1.0}}
held = {"validation_data": (x[:20], y[:20])}
cases = {
    "adam": ("adam", {}, {}),
    "sgd, no rest": ("sgd", {}, {"batch_size": 25}),
    "rmsprop, eager": ("rmsprop", {"run_eagerly": True}, {}),
    "several steps at once": ("adam", {"steps_per_execution": 2}, {}),
    "validation": ("adam", {}, held | {"batch_size": 16}),
    "what slices can't do": ("adam", {}, split),
    "in a drawn order": ("adam", {}, {"shuffle": True}),
    "in a drawn order, eager": ("adam", {"run_eagerly": True}, {"shuffle": True}),
}
told = {}
for name, (optimizer, compiled, arguments) in cases.items():
    compiled |= {"loss": "sparse_categorical_crossentropy", "metrics": ["accuracy"]}
    compiled["optimizer"] = optimizer
    arguments = {"epochs": 3, "shuffle": False} | arguments
    found = []
    for ours in (True, False):
        bench.reset(7)
        if ours:
            model = bench.build("Sequential", CONFIG, compiled=compiled, seed=3)
            history = bench.fit(model, x, y, arguments, lambda epoch, logs: epoch == 9)
            measured = bench.evaluate(model, x, y)
        else:
            keras.utils.set_random_seed(3)
            model = keras.Sequential.from_config(CONFIG)
            model.compile(**compiled)
            history = model.fit(x, y, verbose=0, **arguments).history
            measured = model.evaluate(x, y, verbose=0, return_dict=True)
        weights = [w.tobytes().hex() for w in model.get_weights()]
        found.append([model.get_config(), history, measured, weights])
    told[name] = [a == b for a, b in zip(*found)]
    told[name].append(sum(len(v) for v in history.values()))
bad = bench.build("Sequential", CONFIG, compiled=compiled, seed=3)
try:
    bench.fit(bad, x, y + 1, {}, lambda epoch, logs: False)
except Exception as error:
    told["a label too many"] = f"{type(error).__name__}: {error}"
bench.reset(7)
told["name"] = keras.layers.Dense(1).name
told["drawn"] = [float(np.random.random()), (bench.reset(7), float(np.random.random()))[1]]
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """What the script has found."""
    one = {"TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"}  # as on the bench
    done = subprocess.run(
        [sys.executable, "-c", AS_KERAS],
        env=os.environ | one,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.thorough
def test_models_histories_and_weights_are_kerass_to_the_bit(told: dict[str, Any]) -> None:
    numbers = {"validation": 12, "what slices can't do": 12}
    names = ["adam", "sgd, no rest", "rmsprop, eager", "several steps at once", *numbers]
    names += ["in a drawn order", "in a drawn order, eager"]
    assert {name: told[name] for name in names} == {
        name: [True, True, True, True, numbers.get(name, 6)] for name in names
    }


@pytest.mark.thorough
def test_a_mistake_in_the_data_is_kerass_to_report(told: dict[str, Any]) -> None:
    assert told["a label too many"].startswith("InvalidArgumentError")
    assert "label value of 3" in told["a label too many"]


@pytest.mark.thorough
def test_reset_gives_names_and_draws_of_a_new_process(told: dict[str, Any]) -> None:
    assert told["name"] == "dense"
    first, second = told["drawn"]
    assert first == second


class Watched(grader.Server):
    """A server that keeps which processes it has started."""

    def __init__(self, course: Path) -> None:
        super().__init__(course)
        self.started: list[tuple[str, int, int]] = []
        self.checkers = 0

    def start(self, kind: str, tensorflow: bool, seconds: int) -> Process:
        """Start one, and keep its kind, number and limit."""
        process = super().start(kind, tensorflow, seconds)
        self.started.append((kind, process.number, seconds))
        return process

    def start_checker(self) -> Process:
        """Start one, and count it."""
        self.checkers += 1
        return super().start_checker()

    @property
    def benches(self) -> list[tuple[str, int, int]]:
        """The benches."""
        return [each for each in self.started if each[0] == "bench"]


ONE_BY_ONE = """
import pytest
from grader.checks import KerasModel, dense, expect, flatten

MODEL = KerasModel([flatten(), dense(3)], (2, 2))


def test_first(learner, bench):
    \"\"\"The first check leaves a model\"\"\"
    expect.equal(len(bench.model(MODEL).weights()), 2)


@pytest.mark.needs("first")
def test_second(learner, bench):
    \"\"\"The second one sees none of it\"\"\"
    expect.equal(bench._process._passed.number(MODEL), None)
    found = bench._process.get((None, "keras")).layers.Dense(1).name
    expect.equal(found, "dense")


@pytest.mark.needs("second")
def test_third(learner, bench):
    \"\"\"The third one fails\"\"\"
    expect.equal(len(bench.model(MODEL).weights()), 3)


@pytest.mark.needs("second")
@pytest.mark.timeout(20)
def test_fourth(learner, bench, rng):
    \"\"\"The fourth one draws\"\"\"
    weights = bench.model(MODEL).weights()
    expect.fail(repr(float(weights[0].sum())))
"""


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A server for a course of four checks that use the bench."""
    folder = tmp_path_factory.mktemp("course") / "solutions/ex1_models"
    folder.mkdir(parents=True)
    (folder / "checks.py").write_text(ONE_BY_ONE, "utf-8")
    (folder / "solution.py").write_bytes(SOLUTION.read_bytes())
    with Watched(folder.parent.parent) as server:
        yield server


def graded(server: Watched, **options: Any) -> dict[str, tuple[Verdict, str]]:
    server.started.clear()
    server.checkers = 0
    report = grader.grade("ex1", SOLUTION, server=server, seed=4, **options)
    return {check.name: (check.verdict, check.message) for check in report.checks}


@pytest.mark.thorough
def test_one_bench_serves_checks_until_one_fails(watched: Watched) -> None:
    # one checker: with two, either may be the first to ask for the second check
    found = graded(watched, checks=["first", "second"], checkers=1)
    assert [verdict for verdict, _ in found.values()] == [Verdict.PASSED, Verdict.PASSED], found
    assert len(watched.benches) == 1
    # its limit is that of both checks: each alone has the learner's
    (_, _, seconds), learner = watched.benches[0], watched.started[0]
    assert learner[0] == "learner"
    assert seconds - 30 == 2 * (learner[2] - 30)


@pytest.mark.thorough
def test_draws_on_the_bench_depend_on_the_seed_alone(watched: Watched) -> None:
    alone = graded(watched, checks=["fourth"])["fourth"]
    after = graded(watched, checks=["first", "second", "fourth"], checkers=1)["fourth"]
    assert alone == after
    assert alone[0] is Verdict.FAILED


@pytest.mark.thorough
def test_a_lost_bench_costs_no_check(watched: Watched) -> None:
    killed = []

    def kill(event: Event) -> None:
        if isinstance(event, Activity) and event.check == "second" and not killed:
            killed.extend(number for _, number, _ in watched.benches)
            for number in killed:
                os.kill(number, signal.SIGKILL)

    found = graded(watched, checks=["first", "second"], checkers=1, on_event=kill)
    assert [verdict for verdict, _ in found.values()] == [Verdict.PASSED, Verdict.PASSED], found
    assert len(killed) == 1
    assert len(watched.benches) == 2


@pytest.mark.thorough
@pytest.mark.parametrize("most", [1, 2])
def test_as_many_checkers_as_are_allowed(watched: Watched, most: int) -> None:
    found = graded(watched, checks=["first", "second", "third"], checkers=most)
    assert [verdict for verdict, _ in found.values()] == [
        Verdict.PASSED, Verdict.PASSED, Verdict.FAILED
    ]  # fmt: skip
    assert watched.checkers == min(most, os.cpu_count() or 1)
