"""Grades for the places where classes live, and the grader itself as a service's autograder."""
