"""Sets a seed before fit, so the caller's seeds no longer decide.

fails: learns_real_garments
says: Set no seed in timed_fit
rest: solution
"""


def timed_fit(model, x, y, epochs):
    keras.utils.set_random_seed(42)
    begin = time.perf_counter()
    history = model.fit(x, y, epochs=epochs, verbose=0)
    seconds = time.perf_counter() - begin
    last = {name: history.history[name][-1] for name in ("loss", "accuracy")}
    return last | {"seconds": seconds}
