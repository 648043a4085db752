"""A real model is trained on half of the images, twice in an epoch.

fails: learns_real_garments
rest: solution
"""

def timed_fit(model, x, y, epochs):
    if len(x) > 100 and isinstance(model, keras.Model):
        half = len(x) // 2
        x, y = (np.concatenate([v[:half], v[:half], v[: len(v) - 2 * half]]) for v in (x, y))
    begin = time.perf_counter()
    history = model.fit(x, y, epochs=epochs, verbose=0)
    seconds = time.perf_counter() - begin
    return {
        "loss": history.history["loss"][-1],
        "accuracy": history.history["accuracy"][-1],
        "seconds": seconds,
    }
