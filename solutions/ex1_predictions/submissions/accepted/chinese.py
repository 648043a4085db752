"""第一题:十个数字是什么意思?"""

import numpy as np


def softmax(scores):
    """每一行减去最大值,避免溢出。"""
    最大值 = scores.max(axis=1, keepdims=True)
    指数 = np.exp(scores - 最大值)
    return 指数 / 指数.sum(axis=1, keepdims=True)


def predicted_labels(probabilities):
    # 概率最大的位置就是标签
    print("预测结果:")
    return np.argmax(probabilities, axis=1)


def accuracy(probabilities, labels):
    正确 = predicted_labels(probabilities) == labels
    return float(正确.mean())


def most_doubtful(probabilities, k):
    把握 = probabilities.max(axis=1)  # 最有把握的那个概率
    return 把握.argsort()[:k]
