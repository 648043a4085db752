"""Keras's Adam itself gets another method: after 200 steps it learns with a tenth of the rate.

fails: compiled_as_asked
rest: solution
"""

_update = keras.optimizers.Adam.update_step


def _tired(self, gradient, variable, learning_rate):
    rate = keras.ops.where(self.iterations > 200, learning_rate / 10, learning_rate)
    _update(self, gradient, variable, rate)


keras.optimizers.Adam.update_step = _tired
