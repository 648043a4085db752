import functools
import operator

import keras as K
import numpy as np

L = K.layers
build_mlp = lambda hidden, classes=10, input_shape=(28, 28): K.Sequential(
    [L.Input(input_shape), L.Flatten()]
    + [L.Dense(h, "relu") for h in hidden]
    + [L.Dense(classes, "softmax")]
)
count_parameters = lambda sizes: functools.reduce(
    operator.add, (sizes[k] * sizes[k + 1] + sizes[k + 1] for k in range(len(sizes) - 1))
)
repeat_scores = lambda train_fn, seeds: np.array([train_fn(seed=s) for s in seeds])
_t = lambda a, b: (
    np.mean(a) - np.mean(b),
    2 * np.sqrt(np.var(a, ddof=1) / len(a) + np.var(b, ddof=1) / len(b)),
)
verdict = lambda a, b: (
    lambda gap, limit: "a" if gap > limit else "b" if gap < -limit else "no clear difference"
)(*_t(a, b))
