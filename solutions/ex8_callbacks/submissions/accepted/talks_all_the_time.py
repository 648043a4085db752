"""Tells of every epoch, and more when it stops; Chinese; rounds only for printing."""

import keras
import numpy as np


class StopAtLoss(keras.callbacks.Callback):
    """当损失低于阈值时停止训练。"""

    def __init__(self, threshold: float = 0.4):
        super().__init__()
        self.threshold = threshold
        self.stopped_epoch = None
        self.所有损失 = []

    def on_train_begin(self, logs=None):
        print("训练开始,阈值", self.threshold)
        self.stopped_epoch = None
        self.所有损失.clear()

    def on_epoch_begin(self, epoch, logs=None):
        print(f"—— 第 {epoch + 1} 轮 ——")

    def on_train_batch_end(self, batch, logs=None):
        print(".", end="", flush=True)

    def on_epoch_end(self, epoch, logs=None):
        self.所有损失.append(logs["loss"])
        print(f"第 {epoch + 1} 轮:", {名称: round(值, 4) for 名称, 值 in logs.items()})
        if self.所有损失[-1] < self.threshold:
            print(f"损失 {self.所有损失[-1]:.4f} 低于阈值 {self.threshold},停止。")
            self.stopped_epoch = epoch + 1
            self.model.stop_training = True

    def on_train_end(self, logs=None):
        print("训练结束,共", len(self.所有损失), "轮")


class StopAtAccuracy(keras.callbacks.Callback):
    def __init__(self, target: float):
        super().__init__()
        self.target = target
        self.stopped_epoch = None

    def on_train_begin(self, logs=None):
        self.stopped_epoch = None

    def on_epoch_end(self, epoch, logs=None):
        准确率 = logs.get("accuracy")
        if 准确率 is None:
            raise ValueError("日志里没有 accuracy,请在 compile 里写 metrics=['accuracy']")
        print(f"准确率 {准确率:.2%}")
        if not 准确率 < self.target:
            self.stopped_epoch = epoch + 1
            self.model.stop_training = True


def epochs_until(losses, threshold):
    低于 = np.asarray(losses, dtype=float) < threshold
    return int(np.argmax(低于)) + 1 if 低于.any() else None


def train_until(model, x, y, callback, max_epochs):
    model.fit(x, y, epochs=max_epochs, callbacks=[callback], verbose=2)
    return len(model.history.history["loss"])
