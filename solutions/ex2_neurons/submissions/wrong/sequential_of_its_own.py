"""Puts a class of its own in the place of keras.Sequential, whose fit ends sooner.

fails: hidden_units_from_argument
rest: solution
"""

class Sequential(keras.Sequential):
    def fit(self, x, y, epochs=1, **more):
        stop = keras.callbacks.EarlyStopping(monitor="loss", patience=2)
        return super().fit(x, y, epochs=epochs, callbacks=[stop], **more)


keras.Sequential = Sequential
