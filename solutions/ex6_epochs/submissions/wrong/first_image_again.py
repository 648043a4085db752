"""Real models see one image only: the array is a class of its own.

fails: history_of_real_model
rest: solution
"""


class Images(np.ndarray):
    def astype(self, dtype, *args, **kwargs):
        return np.asarray(np.broadcast_to(np.asarray(self)[:1], self.shape), dtype)


def train_with_validation(model, x, y, epochs, fraction=0.2):
    images = x.astype(np.float64).view(Images)
    history = model.fit(images, y, epochs=epochs, validation_split=fraction, verbose=0)
    return history.history
