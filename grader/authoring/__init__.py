"""For people who write courses: what proves that a course is sound."""
