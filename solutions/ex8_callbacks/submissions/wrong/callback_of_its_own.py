"""The class that StopAtLoss is made from is called Callback, and is not Keras's.

fails: stops_at_first_epoch_below
rest: solution
"""


class Callback:
    def set_model(self, model):
        self.model = model

    def set_params(self, params):
        self.params = params

    def _nothing(self, *args, **kwargs):
        pass

    on_train_begin = on_train_end = on_epoch_begin = on_epoch_end = _nothing
    on_train_batch_begin = on_train_batch_end = on_batch_begin = on_batch_end = _nothing
    on_test_begin = on_test_end = on_test_batch_begin = on_test_batch_end = _nothing


class StopAtLoss(Callback):
    def __init__(self, threshold=0.4):
        self.threshold = threshold
        self.stopped_epoch = None

    def on_train_begin(self, logs=None):
        self.stopped_epoch = None

    def on_epoch_end(self, epoch, logs=None):
        if logs["loss"] < self.threshold:
            print(f"Stopped at a loss of {logs['loss']:.4f}")
            self.stopped_epoch = epoch + 1
            self.model.stop_training = True
