"""What this is called where packages are kept; packaging reads the version from here too."""

DISTRIBUTION = "eight-questions"  # "grader" and "grade" are other people's
__version__ = "0.1.0"
