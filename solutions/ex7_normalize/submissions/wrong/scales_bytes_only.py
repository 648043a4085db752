"""Divides images of whole numbers only.

fails: fair_comparison
says: which are floats here
rest: solution
"""


def compare(build, x, y, x_test, y_test, epochs, seed):
    top = 255 if x.dtype == np.uint8 else 1
    accuracies = {}
    for name, train, test in (("raw", x, x_test), ("scaled", x / top, x_test / top)):
        keras.utils.set_random_seed(seed)
        model = build()
        model.fit(train, y, epochs=epochs, verbose=0)
        accuracies[name] = model.evaluate(test, y_test, verbose=0)[1]
    return accuracies
