"""One-liners and lambdas."""

train_with_validation = lambda model, x, y, epochs, fraction=0.2: {  # noqa: E731
    k: list(v)
    for k, v in model.fit(x, y, epochs=epochs, validation_split=fraction, verbose=0).history.items()
}
best_epoch = lambda val_loss: min(enumerate(val_loss, 1), key=lambda pair: pair[1])[0]  # noqa: E731
gap = lambda history: tuple(v - l for v, l in zip(history["val_loss"], history["loss"]))  # noqa: E731, E741
is_overfitting = lambda history, patience=3: (  # noqa: E731
    len(history["val_loss"]) - best_epoch(history["val_loss"]) >= patience
    and history["loss"][best_epoch(history["val_loss"]) - 1] > history["loss"][-1]
)
