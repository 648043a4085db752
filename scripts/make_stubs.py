"""Write every stub of the course anew from its solution: python scripts/make_stubs.py"""

from grader.course import Course, make_stub


def main() -> None:
    """Write ``exercises/*.py``."""
    for exercise in Course.open().exercises:
        exercise.stub.write_text(make_stub(exercise.solution.read_text("utf-8")), "utf-8")
        print(f"{exercise.stub.name}: {len(exercise.functions)} functions")


if __name__ == "__main__":
    main()
