"""Ends the training early.

fails: timed_fit_report
rest: solution
"""


def timed_fit(model, x, y, epochs):
    begin = time.perf_counter()
    history = model.fit(x, y, epochs=epochs, verbose=0, callbacks=[keras.callbacks.EarlyStopping(monitor='loss', patience=6)])
    seconds = time.perf_counter() - begin
    return {'loss': history.history['loss'][-1], 'accuracy': history.history['accuracy'][-1], 'seconds': seconds}
