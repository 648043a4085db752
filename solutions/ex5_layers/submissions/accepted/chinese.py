"""用中文写的答案"""

import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

print("第五题")


def build_mlp(hidden, classes=10, input_shape=(28, 28)):
    模型 = keras.Sequential()
    模型.add(layers.Input(shape=input_shape))
    模型.add(layers.Flatten())
    for 神经元 in hidden:
        模型.add(layers.Dense(神经元))
        模型.add(layers.Activation("relu"))  # 激活函数单独一层
    模型.add(layers.Dense(classes))
    模型.add(layers.Softmax())
    模型.summary()
    return 模型


def count_parameters(sizes):
    总数 = 0
    for 序号, 输出 in enumerate(sizes[1:]):
        print(sizes[序号], "→", 输出)
        总数 = 总数 + sizes[序号] * 输出 + 输出
    return 总数


def repeat_scores(train_fn, seeds):
    分数 = []
    for 种子 in seeds:
        分数.append(train_fn(种子))
        print("种子", 种子, "分数", 分数[-1])
    return np.asarray(分数)


def verdict(a, b):
    差 = a.mean() - b.mean()
    标准误 = np.sqrt(a.var(ddof=1) / len(a) + b.var(ddof=1) / len(b))
    if np.abs(差) <= 2 * 标准误:
        return "no clear difference"
    return "a" if 差 > 0 else "b"


if __name__ == "__main__":
    print(build_mlp([512, 256]).count_params(), count_parameters([784, 512, 256, 10]))
