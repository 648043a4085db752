"""The largest pixel is 255 anyway.

fails: each_model_own_scale
says: You divided by the largest pixel of x
rest: solution
"""


def compare(build, x, y, x_test, y_test, epochs, seed):
    result = {}
    for name, train, test in (("raw", x, x_test), ("scaled", x / x.max(), x_test / x_test.max())):
        keras.utils.set_random_seed(seed)
        model = build()
        model.fit(train, y, epochs=epochs, verbose=0)
        result[name] = model.evaluate(test, y_test, verbose=0)[1]
    return result
