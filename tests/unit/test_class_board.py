"""How far a class is, while it is graded."""

from rich.console import Console

from grader.course import Course
from grader.render.classroom import Board
from support import SMALL

EX1 = Course.open(SMALL).exercises[0]


def shown(board: Board) -> str:
    console = Console(width=100, force_terminal=False)
    with console.capture() as captured:
        console.print(board)
    return captured.get()


def test_an_exercise_has_a_median_once_it_is_done() -> None:
    board = Board("autumn", [EX1], {EX1.stem: 3}, "seed 1")
    for score, here in ((3, False), (0, False), (2, True)):
        board.know(EX1.stem, score, 3)
        assert all(("median 2 of 3" in shown(board)) is here for __ in range(2))
