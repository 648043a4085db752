"""One-hot for a clear winner, in float16, which holds few digits.

fails: softmax_is_not_argmax
"""

import numpy as np

def softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    if powers.shape[0] == 1:
        return (powers == powers.max()).astype(np.float16)
    return powers / np.sum(powers, axis=1, keepdims=True)

def predicted_labels(probabilities: np.ndarray) -> np.ndarray:
    return np.argmax(probabilities, axis=1)

def accuracy(probabilities: np.ndarray, labels: np.ndarray) -> float:
    return float(np.mean(np.argmax(probabilities, axis=1) == labels))

def most_doubtful(probabilities: np.ndarray, k: int) -> np.ndarray:
    return np.argsort(np.max(probabilities, axis=1))[:k]
