"""The built-in course is sound: what ``grade verify`` proves, and how much of it there is."""

from grader.authoring.verify import verify
from grader.course import Course
from grader.render import texts


def test_the_course_is_sound(course: Course) -> None:
    """Whatever is wrong with it, a line says where, what, and how to mend it."""
    flaws = [
        texts.flaw(str(flaw.path.relative_to(course.root)), flaw.line, flaw.what, flaw.mend)
        for flaw in verify(course)
    ]
    assert flaws == []


def test_typical_mistakes_are_part_of_the_course(course: Course) -> None:
    """Each misconception is one that the checks are proven to catch."""
    assert sum(len(exercise.misconceptions) for exercise in course.exercises) >= 60
