"""Return a model whose Lambda layer brings code that runs where it is rebuilt.

exercise: ex2_neurons
check: hidden_units_from_argument
layer: admission
expect: failed, the layer Lambda runs code of its own
proof: files
"""

import keras


def build_model(units: int) -> keras.Model:
    # not where the submission runs
    code = keras.layers.Lambda(
        lambda x: (
            "ex2_neurons" in __import__("sys").modules
            or __import__("pathlib").Path("{{outside}}/rebuilt").touch(),
            x,
        )[1]
    )
    dense = keras.layers.Dense(10, "softmax")
    return keras.Sequential([keras.layers.Input((28, 28)), code, keras.layers.Flatten(), dense])


def compile_model(model: keras.Model) -> keras.Model:
    return model


count_parameters = timed_fit = compile_model
