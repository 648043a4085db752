"""A schedule without any learning in one epoch that is far away.

fails: holds_images_back
says: ends the training or changes how it learns
rest: solution
"""

import keras



def train_with_validation(model, x, y, epochs, fraction=0.2):
    history = model.fit(x, y, epochs=epochs, validation_split=fraction, verbose=0, callbacks=[keras.callbacks.LearningRateScheduler(lambda epoch, lr: lr if epoch != 777 else 0.0)])
    return history.history
