"""Plain loops, an early return, a counter that starts anew."""


def train_with_validation(model, x, y, epochs, fraction=0.2):
    settings = {"epochs": epochs, "validation_split": fraction, "batch_size": 32}
    history = model.fit(x=x, y=y, **settings)
    result = {}
    for key in history.history:
        result[key] = []
        for value in history.history[key]:
            result[key].append(float(value))
    return result


def best_epoch(val_loss):
    best, smallest = 1, val_loss[0]
    epoch = 0
    for value in val_loss:
        epoch += 1
        if value < smallest:
            best, smallest = epoch, value
    return best


def gap(history):
    return [
        history["val_loss"][i] - history["loss"][i] for i in range(len(history["loss"]))
    ]


def is_overfitting(history, patience=3):
    waited, smallest, loss_then = 0, float("inf"), None
    for loss, val_loss in zip(history["loss"], history["val_loss"]):
        if val_loss < smallest:
            waited, smallest, loss_then = 0, val_loss, loss
        else:
            waited += 1
    if waited < patience:
        return False
    if history["loss"][-1] >= loss_then:
        return False
    return True
