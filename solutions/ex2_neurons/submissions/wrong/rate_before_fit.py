"""Another learning rate is set before the training.

fails: timed_fit_report
says: You changed the learning rate
rest: solution
"""

def timed_fit(model, x, y, epochs):
    if hasattr(model, "optimizer"):
        model.optimizer.learning_rate = 0.01
    begin = time.perf_counter()
    history = model.fit(x, y, epochs=epochs, verbose=0)
    seconds = time.perf_counter() - begin
    return {"loss": history.history["loss"][-1], "accuracy": history.history["accuracy"][-1], "seconds": seconds}
