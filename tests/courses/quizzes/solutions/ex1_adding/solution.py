"""Adding numbers.

``add(a, b)`` returns the sum.
"""


def add(a, b):
    ### BEGIN SOLUTION
    return a + b
    ### END SOLUTION


def size(text):
    ### BEGIN SOLUTION
    return len(text)
    ### END SOLUTION
