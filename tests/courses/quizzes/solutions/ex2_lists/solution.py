"""Lists of things.

``first(things)`` returns the first one.
"""


def first(things):
    ### BEGIN SOLUTION
    # 0 is the first position.
    return things[0]
    ### END SOLUTION
