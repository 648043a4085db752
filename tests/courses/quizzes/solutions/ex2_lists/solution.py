"""Lists of things.

``first(things)`` returns the first one.
"""


def first(things):
    ### BEGIN SOLUTION
    return things[0]
    ### END SOLUTION
