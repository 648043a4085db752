"""先用中文写出规则,再翻译成程序。"""

import numpy as np

规则 = {
    "Dense": lambda 形状, 单元: 形状[:-1] + (单元,),
    "Flatten": lambda 形状, _: 形状[:1] + (np.prod(形状[1:], dtype=int),),
}


def flatten_images(images):
    print(f"图片的形状:{images.shape},类型:{images.dtype}")
    结果 = images.view()
    结果 = 结果.reshape(规则["Flatten"](images.shape, None))
    print(f"展平之后:{结果.shape}")
    return 结果


dense_output_shape = lambda input_shape, units: 规则["Dense"](input_shape, units)  # noqa: E731


def flatten_output_shape(input_shape, 单元=None):
    return 规则["Flatten"](input_shape, 单元)


def row_votes(probabilities):
    return np.argmax(probabilities.mean(axis=1), axis=1)


def fit_error(model, x, y):
    错误 = None
    try:
        model.fit(x, y, epochs=1)
    except Exception as 异常:
        错误 = 异常
        print("训练失败:", 异常)
    return 错误 and 错误.__class__.__name__
