"""Keras goes through the first batch again and again.

fails: history_of_real_model
rest: solution
"""

from keras.src.trainers.data_adapters import array_data_adapter


def _first_batch(self):
    data = get_tf_dataset(self)
    return data.take(1).repeat(self._size)


get_tf_dataset = array_data_adapter.ArrayDataAdapter.get_tf_dataset
array_data_adapter.ArrayDataAdapter.get_tf_dataset = _first_batch


def train_with_validation(model, x, y, epochs, fraction=0.2):
    history = model.fit(x, y, epochs=epochs, validation_split=fraction, verbose=0)
    return history.history
