"""Whether the surprise of an experiment holds with seeds that its record does not have.

    python scripts/fresh_seeds.py [EXPERIMENT …] [--seeds 10] [--first 101] [--runs FILE]

The counts are in docs/labs.md. Ten seeds of all experiments take some forty minutes on two cores.
"""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from grader.course import Course
from grader.engine.server import Server
from grader.lab.experiment import labs
from grader.lab.run import run
from grader.measured import RunTable, look

Surprise = tuple[str, Callable[[RunTable], bool]]

SURPRISES: dict[str, Surprise] = {
    "ex0.base_run": (
        "77 to 87 of 100 test images are named correctly, fewer than of the training images",
        lambda t: (
            0.77 < look(t, "test_accuracy") < 0.87
            and look(t, "test_accuracy") < look(t, "training_accuracy")
        ),
    ),
    "ex0.whole_set": (
        "0.85 or more of 10,000 are right; the first loss is above 2 on raw pixels, below 0.6 on "
        "scaled ones",
        lambda t: (
            look(t, "accuracy@scaled") >= 0.85
            and look(t, "first_loss@raw") > 2
            and look(t, "first_loss@scaled") < 0.6
        ),
    ),
    "ex1.noise": (
        "on noise it is more than half sure, and sees mostly bags",
        lambda t: look(t, "confidence") > 0.5 and look(t, "bags") > 500,
    ),
    "ex1.how_sure": (
        "of those with 0.99 or more 97% are right, of those with 0.70 to 0.90 as many as it says",
        lambda t: look(t, "right@0.99+") > 0.97 and 0.7 <= look(t, "right@0.70-0.90") <= 0.9,
    ),
    "ex1.confusions": (
        "T-shirts, pullovers, coats or shirts are found least often, 35 to 75 of 100 of them",
        lambda t: (
            t["worst"] in ("T-shirt/top", "Pullover", "Coat", "Shirt")
            and 0.35 <= look(t, "worst_found") < 0.75
        ),
    ),
    "ex2.widths": (
        "512 units gain less than 3 points over 32, though their training loss is lower",
        lambda t: (
            look(t, "accuracy@512") < look(t, "accuracy@32") + 0.03
            and look(t, "loss@512") < look(t, "loss@32")
        ),
    ),
    "ex2.digits": (
        "1,024 units are at most 1 point behind 128, and at most 3 ahead",
        lambda t: -0.01 <= look(t, "gain") <= 0.03,
    ),
    "ex2.no_activation": (
        "no hidden layer is less than 5 points behind relu, and less than 3 away from a linear one",
        lambda t: (
            look(t, "accuracy@none") > look(t, "accuracy@relu") - 0.05
            and abs(look(t, "accuracy@linear") - look(t, "accuracy@none")) < 0.03
        ),
    ),
    "ex2.softmax_and_sigmoid": (
        "softmax inside costs 5 points or more; sigmoid at the end less than 1, and its sums "
        "miss 1 by more than 1",
        lambda t: (
            look(t, "accuracy@softmax_inside") <= look(t, "accuracy@none") - 0.05
            and look(t, "accuracy@sigmoid_out") > look(t, "accuracy@none") - 0.01
            and look(t, "sum_off@sigmoid_out") > 1
        ),
    ),
    "ex3.rows_vote": (
        "a row alone is right in less than half, 28 rows are 10 points behind the whole image",
        lambda t: (
            look(t, "accuracy@one_row") < 0.5
            and look(t, "accuracy@28_rows") < look(t, "accuracy@whole_image") - 0.1
        ),
    ),
    "ex3.scrambled": (
        "scrambled pixels cost less than 2 points",
        lambda t: look(t, "accuracy@scrambled") > look(t, "accuracy@in_place") - 0.02,
    ),
    "ex4.how_many": (
        "5 and 9 outputs fail, 10, 11, 20 and 100 train; 20 cost less than 3 points, and the "
        "unused ones get less than 0.01",
        lambda t: (
            [each is None for each in t["accuracy"]] == [True, True, False, False, False, False]
            and look(t, "accuracy@20") > look(t, "accuracy@10") - 0.03
            and look(t, "unused@20") < 0.01
        ),
    ),
    "ex4.unknown_garments": (
        "it is more than half sure of what boots are, though it knows none",
        lambda t: look(t, "confidence") > 0.5,
    ),
    "ex4.nan_answers": (
        "every output is nan, and every answer T-shirt",
        lambda t: look(t, "nan") == 1 and look(t, "answers@T-shirt/top") == 1000,
    ),
    "ex4.clipped_labels": (
        "its own labels say 0.84 or more, the true ones less than 0.45",
        lambda t: look(t, "accuracy@clipped") >= 0.84 and look(t, "accuracy@true") < 0.45,
    ),
    "ex6.first_epoch": (
        "`val_loss` is below the printed loss",
        lambda t: look(t, "val_minus_loss") < -0.02,
    ),
    "ex6.thirty_epochs": (
        "`val_loss` is a tenth or more above its best after 30 epochs, the accuracy less than 5 "
        "points away",
        lambda t: look(t, "worse") > 0.1 and abs(look(t, "accuracy_change")) < 0.05,
    ),
    "ex6.wrong_answers": (
        "sure wrong answers grow by half or more, and the loss rises, though the accuracy changes "
        "by less than 3 points",
        lambda t: (
            look(t, "surer") >= 1.5
            and look(t, "loss@30") > look(t, "loss@10")
            and abs(look(t, "accuracy@30") - look(t, "accuracy@10")) < 0.03
        ),
    ),
    "ex6.random_labels": (
        "95 of 100 random labels are learned by heart, and the test accuracy is that of guessing",
        lambda t: look(t, "train_accuracy") >= 0.95 and look(t, "test_accuracy") < 0.15,
    ),
    "ex7.four_cells": (
        "raw test images cost less than 6 points of accuracy, and a hundred times the loss",
        lambda t: (
            look(t, "accuracy@scaled/raw") > look(t, "accuracy@scaled/scaled") - 0.06
            and look(t, "loss@scaled/raw") > 100 * look(t, "loss@scaled/scaled")
        ),
    ),
    "ex7.plain_sgd": (
        "raw pixels leave it below 0.25, scaled ones bring it above 0.7",
        lambda t: look(t, "accuracy@raw") < 0.25 and look(t, "accuracy@scaled") > 0.7,
    ),
    "ex7.other_rules": (
        "-1 to 1, and mean 0 with deviation 1, are less than 6 points away from 0 to 1; dividing "
        "twice costs 5 or more, `//` 30 or more",
        lambda t: (
            abs(look(t, "accuracy@-1..1") - look(t, "accuracy@0..1")) < 0.06
            and abs(look(t, "accuracy@standard") - look(t, "accuracy@0..1")) < 0.06
            and look(t, "accuracy@twice") <= look(t, "accuracy@0..1") - 0.05
            and look(t, "accuracy@//") <= look(t, "accuracy@0..1") - 0.3
        ),
    ),
    "ex7.other_light": (
        "half the light costs less than 2 points, negatives are worse than guessing",
        lambda t: (
            look(t, "accuracy@half") > look(t, "accuracy@as_is") - 0.02
            and look(t, "accuracy@negative") < 0.1
        ),
    ),
    "ex8.stop_at_95": (
        "at a training accuracy of 95% less than 0.87 of the held-back garments are right, and "
        "`val_loss` was best 5 epochs before or more",
        lambda t: look(t, "reached") < 0.87 and look(t, "best_epoch") <= look(t, "stopped") - 5,
    ),
    "ex8.below_04": (
        "a loss of 0.4 is an accuracy of 0.82 to 0.92, and 60% was passed within the first epoch",
        lambda t: (
            0.82 <= look(t, "accuracy@128") <= 0.92
            and 0.82 <= look(t, "accuracy@512") <= 0.92
            and look(t, "first_epoch@128") > 0.6
        ),
    ),
    "ex8.early_stopping": (
        "it stops before half of its 60 epochs",
        lambda t: look(t, "ran") < 30,
    ),
}


@dataclass
class Kept:
    """Runs in a file, one a line, so that an interrupted afternoon is not lost."""

    path: Path | None

    def __post_init__(self) -> None:
        lines = (
            self.path.read_text("utf-8").splitlines() if self.path and self.path.exists() else []
        )
        self._runs = {tuple(key): run for key, run in map(json.loads, lines)}

    def get(self, *key: str | int) -> tuple[RunTable, float] | None:
        """A run, and how long processors worked for it."""
        found = self._runs.get(key)
        return (found[0], found[1]) if found else None

    def add(self, table: RunTable, seconds: float, *key: str | int) -> None:
        """Keep a run."""
        if self.path:
            with self.path.open("a", encoding="utf-8") as file:
                print(json.dumps([key, [table, seconds]]), file=file)


def main() -> None:
    """Run them, and print a row for each."""
    parser = argparse.ArgumentParser(description="Try experiments with fresh seeds.")
    parser.add_argument("names", nargs="*", help="such as ex7.four_cells; all without it")
    parser.add_argument("--seeds", type=int, default=10, help="how many")
    parser.add_argument("--first", type=int, default=101, help="the first of them")
    parser.add_argument("--runs", type=Path, help="a file that keeps the runs, to go on from there")
    words = parser.parse_args()
    course, kept = Course.open(), Kept(words.runs)
    with Server(course.root, large=True) as server:
        for name in words.names or SURPRISES:
            told, holds = SURPRISES[name]
            number, _, which = name.partition(".")
            lab = next(each for each in labs(course) if each.id == number)
            experiment = lab.experiment(which)
            if experiment is None:
                sys.exit(f"{number} has no experiment {which}.")
            held, longest = 0, 0.0
            for seed in range(words.first, words.first + words.seeds):
                key = (name, experiment.code, seed)
                found = kept.get(*key)
                if found is None:
                    now = run(lab, experiment.name, seed, server)
                    found = now.table, now.seconds
                    kept.add(*found, *key)
                held, longest = held + holds(found[0]), max(longest, found[1])
            row = f"| `{name}` | {told} | {held} of {words.seeds} | {longest:.0f} s |"
            print(row, flush=True)


if __name__ == "__main__":
    main()
