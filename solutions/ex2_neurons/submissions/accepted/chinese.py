"""用中文写的答案"""

import time

from tensorflow import keras
from tensorflow.keras import layers

print("开始加载模块……")


def build_model(units):
    模型 = keras.Sequential()
    模型.add(layers.Input(shape=(28, 28)))
    模型.add(layers.Flatten())
    模型.add(layers.Dense(units))
    模型.add(layers.Activation("relu"))  # 激活函数单独一层
    模型.add(layers.Dense(10))
    模型.add(layers.Softmax())
    模型.summary()
    return 模型


def compile_model(model):
    """编译模型"""
    model.compile(
        optimizer="Adam",
        loss=keras.losses.SparseCategoricalCrossentropy(),
        metrics=[keras.metrics.SparseCategoricalAccuracy(name="accuracy")],
    )
    print("编译完成")
    return model


def count_parameters(units, inputs=784, classes=10):
    总数 = 0
    for 输入, 输出 in ((inputs, units), (units, classes)):
        总数 += 输入 * 输出 + 输出
    return 总数


def accuracy_by_width(train_fn, widths, seeds):
    return [sum(train_fn(units, seed) for seed in seeds) / len(seeds) for units in widths]


def timed_fit(model, x, y, epochs):
    print("训练", len(x), "张图片")
    开始 = time.monotonic()
    历史 = model.fit(x=x, y=y, epochs=epochs, verbose=2)
    结束 = time.monotonic()
    print("用时", 结束 - 开始, "秒")
    return {
        "loss": 历史.history["loss"][-1],
        "accuracy": 历史.history["accuracy"][-1],
        "seconds": 结束 - 开始,
    }


if __name__ == "__main__":
    m = compile_model(build_model(128))
    print(count_parameters(128), m.count_params())
