"""Prints a lot, also a picture of the curves."""

import sys

print("loading", file=sys.stderr)
print("hello " * 100)


def train_with_validation(model, x, y, epochs, fraction=0.2):
    print(f"training {len(x)} images for {epochs} epochs")
    model.summary()
    model.fit(x, y, epochs=epochs, validation_split=fraction)
    for key, values in model.history.history.items():
        print(key, " ".join("▁▂▃▄▅▆▇█"[int(7 * min(v, 1))] for v in values))
    return model.history.history


def best_epoch(val_loss):
    ranked = sorted(range(len(val_loss)), key=lambda i: val_loss[i])
    print(ranked)
    return ranked[0] + 1


def gap(history):
    print(history)
    return list(map(lambda t, v: v - t, history["loss"], history["val_loss"]))


def is_overfitting(history, patience=3):
    print("patience", patience)
    best = best_epoch(history["val_loss"])
    waited = len(history["val_loss"]) - best
    fell = history["loss"][-1] - history["loss"][best - 1] < 0
    print(waited, fell)
    return waited >= patience and fell
