"""Whether the surprise of an experiment holds with seeds that its record does not have.

    python scripts/fresh_seeds.py [EXPERIMENT …]        such as ex7.four_cells; all without it

The counts are in docs/labs.md. Ten seeds of all experiments take some ten minutes on two cores.
"""

import sys
from collections.abc import Callable

from grader.authoring.labs import MissingRun, measure
from grader.course import Course
from grader.engine.server import Server
from grader.lab.experiment import labs
from grader.measured import RunTable, look

SEEDS = range(101, 111)

Surprise = tuple[str, Callable[[RunTable], bool]]

SURPRISES: dict[str, Surprise] = {
    "ex1.noise": (
        "on noise it is more than half sure, and sees mostly bags",
        lambda t: look(t, "confidence") > 0.5 and look(t, "bags") > 500,
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
    "ex4.unknown_garments": (
        "it is more than half sure of what boots are, though it knows none",
        lambda t: look(t, "confidence") > 0.5,
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
    "ex7.four_cells": (
        "raw test images cost less than 6 points of accuracy, and a hundred times the loss",
        lambda t: (
            look(t, "accuracy@scaled/raw") > look(t, "accuracy@scaled/scaled") - 0.06
            and look(t, "loss@scaled/raw") > 100 * look(t, "loss@scaled/scaled")
        ),
    ),
    "ex7.other_light": (
        "half the light costs less than 2 points, negatives are worse than guessing",
        lambda t: (
            look(t, "accuracy@half") > look(t, "accuracy@as_is") - 0.02
            and look(t, "accuracy@negative") < 0.1
        ),
    ),
}


def main() -> None:
    """Run them, and print a row for each."""
    course = Course.open()
    chosen = sys.argv[1:] or list(SURPRISES)
    with Server(course.root) as server:
        for name in chosen:
            told, holds = SURPRISES[name]
            number, _, which = name.partition(".")
            lab = next(each for each in labs(course) if each.id == number)
            experiment = lab.experiment(which)
            if experiment is None:
                sys.exit(f"{number} has no experiment {which}.")
            tables = [
                measure(MissingRun(lab, experiment, seed), server, lambda words: None)[0]
                for seed in SEEDS
            ]
            count = sum(map(holds, tables))
            print(f"| `{name}` | {told} | {count} of {len(tables)} |", flush=True)


if __name__ == "__main__":
    main()
