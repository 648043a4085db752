"""The errors whose text is worded for a person: what is wrong, where, and what to do next.

All other exceptions are of our own making, and a command line that meets one says so.
"""


class GraderError(Exception):
    """Something can't be done; ``str`` of it is a sentence for the person who asked for it."""


class CourseError(GraderError):
    """A course or an exercise can't be found or read; the text says what to do."""


class GradingError(GraderError):
    """There is nothing to grade, or nothing to grade it with; the text says what to do."""


class ClassError(GraderError):
    """A class's folder can't be read or kept; the text says where, and what to do."""
