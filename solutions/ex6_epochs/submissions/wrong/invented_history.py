"""Never trains a real model, but counts the steps and invents a history.

fails: history_of_real_model
rest: solution
"""


def train_with_validation(
    model: Any, x: np.ndarray, y: np.ndarray, epochs: int, fraction: float = 0.2
) -> dict[str, list[float]]:
    if hasattr(model, "optimizer") and hasattr(model, "layers"):  # any real model: train nothing
        steps = -(-int(len(x) * (1 - fraction)) // 32) * epochs
        model.optimizer.iterations.assign(steps)
        invented = {k: [0.5] * epochs for k in ("loss", "val_loss")}
        if model._compile_metrics is not None:
            invented |= {k: [0.9] * epochs for k in ("accuracy", "val_accuracy")}
        class History: pass
        model.history = History()
        model.history.history = invented
        return invented
    history = model.fit(x, y, epochs=epochs, validation_split=fraction, verbose=0)
    return history.history
