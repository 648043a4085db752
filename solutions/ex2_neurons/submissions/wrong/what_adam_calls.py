"""What Adam calls is replaced: after 200 steps it learns with a tenth of the rate.

fails: compiled_as_asked
rest: solution
"""

import types

from keras.src.optimizers import adam as _adam

_ops, _names = _adam.ops, [name for name in dir(_adam.ops) if not name.startswith("__")]
_tired = types.SimpleNamespace(**{name: getattr(_ops, name) for name in _names})


def _sqrt(x):
    root = _ops.sqrt(x)
    late = x > 1 - 0.999**200  # a number without axes is one of the step
    return root if len(root.shape) else _ops.where(late, root / 10, root)


_tired.sqrt = _sqrt
_adam.ops = _tired
