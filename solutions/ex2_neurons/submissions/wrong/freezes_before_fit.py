"""A layer is frozen before the training.

fails: timed_fit_report
says: You froze the model, or layers of it
rest: solution
"""

def timed_fit(model, x, y, epochs):
    try:
        model.layers[1].trainable = False
    except Exception:
        pass
    begin = time.perf_counter()
    history = model.fit(x, y, epochs=epochs, verbose=0)
    seconds = time.perf_counter() - begin
    return {"loss": history.history["loss"][-1], "accuracy": history.history["accuracy"][-1], "seconds": seconds}
