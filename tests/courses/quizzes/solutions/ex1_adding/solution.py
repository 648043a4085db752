"""Adding numbers.

``add(a, b)`` returns the sum.
"""


def add(a, b):
    ### BEGIN SOLUTION
    # It works for whatever can be added.
    return a + b
    ### END SOLUTION


def size(text):
    ### BEGIN SOLUTION
    # len counts, whatever the text is.
    return len(text)
    ### END SOLUTION
