"""What layers compute from their sums: of exercises that find an activation by its numbers."""

import math
from collections.abc import Callable

import numpy as np


def softmax(scores: np.ndarray) -> np.ndarray:
    """Of each row: (n, classes)."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def sigmoid(z: np.ndarray) -> np.ndarray:
    """Of each number."""
    return 1 / (1 + np.exp(-z))


ACTIVATIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "relu": lambda z: np.maximum(z, 0),
    "no activation": lambda z: z,
    "softmax": softmax,
    "sigmoid": sigmoid,
    "tanh": np.tanh,
    "relu6": lambda z: np.clip(z, 0, 6),
    "leaky_relu": lambda z: np.where(z < 0, 0.2 * z, z),
    "LeakyReLU": lambda z: np.where(z < 0, 0.3 * z, z),
    "elu": lambda z: np.where(z < 0, np.expm1(z), z),
    "softplus": lambda z: np.logaddexp(z, 0),
    "silu": lambda z: z * sigmoid(z),
    "gelu": lambda z: z * (1 + np.vectorize(math.erf)(z / np.sqrt(2))) / 2,
    "softmax twice": lambda z: softmax(softmax(z)),
    "log_softmax": lambda z: np.log(softmax(z)),
}
