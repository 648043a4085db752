from __future__ import annotations

from datetime import datetime


def build_model(units: int) -> keras.Model:
    import keras

    layers = []
    layers.append(keras.layers.InputLayer(shape=(28, 28)))
    layers.append(keras.layers.Flatten(data_format="channels_last"))
    layers.append(keras.layers.Dense(units, activation="relu", use_bias=True))
    layers.append(keras.layers.Dense(10, activation="softmax"))
    return keras.models.Sequential(layers)


def compile_model(model: keras.Model) -> keras.Model:
    import keras

    model.compile(
        optimizer=keras.optimizers.get("adam"),
        loss=keras.losses.get("sparse_categorical_crossentropy"),
        metrics=["accuracy", "sparse_top_k_categorical_accuracy"],
    )
    return model


def count_parameters(units: int, inputs: int = 784, classes: int = 10) -> int:
    hidden_weights, hidden_biases = inputs * units, units
    output_weights, output_biases = units * classes, classes
    return sum([hidden_weights, hidden_biases, output_weights, output_biases])


def accuracy_by_width(train_fn, widths, seeds):
    return [sum(train_fn(units, seed) for seed in seeds) / len(seeds) for units in widths]


def timed_fit(model: keras.Model, x, y, epochs: int) -> dict[str, float]:
    before = datetime.now()
    history = model.fit(x, y, epochs=epochs).history
    after = datetime.now()
    result = dict.fromkeys(("loss", "accuracy", "seconds"), 0.0)
    *_, result["loss"] = history["loss"]
    *_, result["accuracy"] = history["accuracy"]
    result["seconds"] = (after - before).total_seconds()
    return result
