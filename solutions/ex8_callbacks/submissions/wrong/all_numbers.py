"""A message with every number from 0.01 to 1.00.

fails: message_tells_the_truth
rest: solution
"""


class StopAtLoss(keras.callbacks.Callback):

    def __init__(self, threshold: float=0.4) -> None:
        super().__init__()
        self.threshold = threshold
        self.stopped_epoch: int | None = None

    def on_train_begin(self, logs: dict | None=None) -> None:
        self.stopped_epoch = None

    def on_epoch_end(self, epoch: int, logs: dict | None=None) -> None:
        loss = logs['loss']
        if loss < self.threshold:
            print('Stopped.', *[f'{n / 100:.2f}' for n in range(1, 101)])
            self.stopped_epoch = epoch + 1
            self.model.stop_training = True
