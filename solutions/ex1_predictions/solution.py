"""What do ten numbers mean?

A classifier answers each image with ten numbers. Write the four functions that turn scores into
probabilities, probabilities into labels, and labels into a verdict on the model; the easy ones come
first. NumPy is enough. No function may change the arrays it is given.

    scores  --softmax-->  probabilities  --argmax-->  labels  --compare-->  accuracy

Scores may be any numbers. Softmax makes probabilities of them: numbers above 0 that add up to 1.
The article says that softmax makes the largest score 1 and all others 0. It doesn't: every class
gets a share, and how large the shares are matters. Only argmax picks a winner.

Guess first: how sure is a trained model about pictures of pure noise?
See it:  grade lab ex1      Read more:  grade lesson ex1

Try your functions below `if __name__ == "__main__":`, then run:  grade ex1
"""

import numpy as np


def predicted_labels(probabilities: np.ndarray) -> np.ndarray:
    """The position of the largest probability of each image, counted from 0.

    (n, k) probabilities -> (n,) integers.

    >>> predicted_labels(np.array([[0.1, 0.9], [0.8, 0.2]]))
    array([1, 0])
    """
    ### BEGIN SOLUTION
    # One call looks at all rows at once; axis=1 means along each row. No loop is needed.
    return np.argmax(probabilities, axis=1)
    ### END SOLUTION


def accuracy(probabilities: np.ndarray, labels: np.ndarray) -> float:
    """The share of images whose predicted label is the true one, between 0 and 1.

    (n, k) probabilities, (n,) labels -> one number, not rounded.

    >>> accuracy(np.array([[0.1, 0.9], [0.8, 0.2]]), np.array([1, 1]))
    0.5
    """
    ### BEGIN SOLUTION
    # The comparison makes an array of True and False, and its mean is the share of True. Nothing
    # has to be counted.
    return float(np.mean(np.argmax(probabilities, axis=1) == labels))
    ### END SOLUTION


def most_doubtful(probabilities: np.ndarray, k: int) -> np.ndarray:
    """Where the model is least sure of its best guess.

    (n, k) probabilities -> positions of the k images whose LARGEST probability is smallest,
    the most doubtful first. There may be 50,000 images: let NumPy or Python sort, as loops of your
    own would take minutes.

    >>> most_doubtful(np.array([[0.1, 0.9], [0.4, 0.6], [0.7, 0.3]]), 2)
    array([1, 2])
    """
    ### BEGIN SOLUTION
    # argsort returns positions instead of values, the position of the smallest value first. So the
    # first k are the answer, already in order.
    return np.argsort(np.max(probabilities, axis=1))[:k]
    ### END SOLUTION


def softmax(scores: np.ndarray) -> np.ndarray:
    """Turn scores into probabilities, row by row: e^score / sum of e^scores.

    (n, k) scores -> (n, k) probabilities; all are positive, each row sums to 1. One that is too
    small for a float may become 0.
    Must also work for scores near 1000, where e^score is more than a float can hold, and for
    scores near -1000, where it becomes 0.

    >>> softmax(np.array([[1.0, 2.0, 3.0]])).round(2)
    array([[0.09, 0.24, 0.67]])
    """
    ### BEGIN SOLUTION
    # Each row's largest score is subtracted from the whole row: no e^score gets too large for a
    # float, and the shares stay the same. keepdims=True keeps the maxima and the sums as a column,
    # so that NumPy subtracts and divides row by row. As floats, because differences of unsigned
    # integers would wrap around below 0.
    scores = scores.astype(float)
    powers = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    return powers / np.sum(powers, axis=1, keepdims=True)
    ### END SOLUTION


if __name__ == "__main__":
    print(predicted_labels(np.array([[0.1, 0.9], [0.8, 0.2]])))
