"""训练多久?中文注释和变量名。"""

from typing import Any

import numpy as np


def train_with_validation(
    model: Any, x: np.ndarray, y: np.ndarray, epochs: int, fraction: float = 0.2
) -> dict:
    """留出最后一部分图片做验证。"""
    留出 = int(round(len(x) * fraction))
    训练 = len(x) - 留出
    历史 = model.fit(
        x[:训练], y[:训练], epochs=epochs, validation_data=[x[训练:], y[训练:]], verbose=2
    )
    print("训练完成 ✓")
    return 历史.history


def best_epoch(val_loss: list) -> int:
    最好 = 0
    for 位置, 损失 in enumerate(val_loss):
        if 损失 < val_loss[最好]:  # 相等时保留第一个
            最好 = 位置
    return 最好 + 1


def gap(history: dict) -> list:
    差 = []
    for 训练损失, 验证损失 in zip(history["loss"], history["val_loss"]):
        差.append(验证损失 - 训练损失)
    return 差


def is_overfitting(history: dict, patience: int = 3) -> bool:
    验证, 训练 = history["val_loss"], history["loss"]
    轮 = best_epoch(验证)
    if len(验证) - 轮 < patience:
        return False
    return 训练[-1] < 训练[轮 - 1]
