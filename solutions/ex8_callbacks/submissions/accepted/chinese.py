"""第八题：汉语的注释、名字和报错。"""
import keras
import numpy as np


class StopAtLoss(keras.callbacks.Callback):
    def __init__(self, threshold: float = 0.4):
        super().__init__()
        self.threshold, self.stopped_epoch = threshold, None

    def on_train_begin(self, logs=None):
        self.stopped_epoch = None

    def on_epoch_end(self, epoch, logs=None):
        if (损失 := logs["loss"]) < self.threshold:
            print(f"第 {epoch + 1} 轮：损失 {损失:.4f} 已低于 {self.threshold}，停止训练。")
            self.stopped_epoch = epoch + 1
            self.model.stop_training = True


class StopAtAccuracy(keras.callbacks.Callback):
    def __init__(self, target: float):
        super().__init__()
        self.target, self.stopped_epoch = target, None

    def on_train_begin(self, logs=None):
        self.stopped_epoch = None

    def on_epoch_end(self, epoch, logs=None):
        if "accuracy" not in logs:
            raise ValueError("日志里没有准确率，请在 compile 时加上 metrics")
        if logs["accuracy"] >= self.target:
            self.stopped_epoch = epoch + 1
            self.model.stop_training = True


def epochs_until(losses, threshold):
    轮 = 1
    for 损失 in losses:
        if 损失 < threshold:
            return 轮
        轮 += 1


def train_until(model, x, y, callback, max_epochs):
    历史 = model.fit(x, y, epochs=max_epochs, callbacks=[callback])
    return len(历史.history["loss"])
