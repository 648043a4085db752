import time

import keras as K

SHAPE = (28, 28)
KINDS = 10


def _params(shape_in, shape_out):
    return (
        sum(1 for _ in range(shape_out)) + shape_in * shape_out
        if shape_out < 2000
        else shape_in * shape_out + shape_out
    )


def _stack(*sizes):
    for number, size in enumerate(sizes):
        yield K.layers.Dense(
            size,
            activation="softmax" if number == len(sizes) - 1 else "relu",
            name=f"dense_{number}",
        )


def build_model(units):
    return K.Sequential([K.Input(SHAPE), K.layers.Flatten(), *_stack(units, KINDS)])


def compile_model(model):
    if model.compiled:
        print("compiled before")
    model.compile(
        optimizer=K.optimizers.Adam(0.001),
        loss=[K.losses.SparseCategoricalCrossentropy(from_logits=False)],
        metrics=[["accuracy"]],
    )
    return model


def count_parameters(units, inputs=28 * 28, classes=KINDS):
    return _params(inputs, units) + _params(units, classes)


def accuracy_by_width(train_fn, widths, seeds):
    return [sum(train_fn(units, seed) for seed in seeds) / len(seeds) for units in widths]


def timed_fit(model, x, y, epochs):
    arguments = dict(x=x, y=y, epochs=epochs, verbose=0)
    clock = [time.perf_counter()]
    history = model.fit(**arguments)
    clock.append(time.perf_counter())
    losses, accuracies = (history.history[k] for k in ("loss", "accuracy"))
    print(f"{losses[-1]:.3f} {accuracies[-1]:.1%}")
    return {"seconds": clock[1] - clock[0], "loss": losses.pop(), "accuracy": accuracies.pop()}
