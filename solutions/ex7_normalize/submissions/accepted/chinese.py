"""第七题:为什么要除以 255?"""

import keras
import numpy as np


def normalize(images):
    # 不改变原来的数组
    结果 = np.array(images, dtype=np.float32)
    结果 /= 255.0
    return 结果


def prepare(train_images, test_images):
    训练, 测试 = normalize(train_images), normalize(test_images)
    return 训练, 测试


def standardize(train_images, test_images):
    平均值 = float(np.mean(train_images))
    标准差 = float(np.std(train_images))
    print("平均值", 平均值, "标准差", 标准差)

    def 变换(images):
        return (images.astype("float64") - 平均值) / 标准差

    return 变换(train_images), 变换(test_images)


def compare(build, x, y, x_test, y_test, epochs, seed):
    结果 = {}
    数据 = {"raw": (x, x_test), "scaled": prepare(x, x_test)}
    for 名称, (训练, 测试) in 数据.items():
        keras.utils.set_random_seed(seed)
        模型 = build()
        模型.fit(训练, y, epochs=epochs)
        概率 = 模型.predict(测试)
        结果[名称] = float((概率.argmax(axis=-1) == y_test).mean())
        print(名称, 结果)
    return 结果
