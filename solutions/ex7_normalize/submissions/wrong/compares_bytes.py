"""Cuts the pixels of both sets to whole numbers.

fails: fair_comparison
says: You cut the pixels of x to whole numbers
rest: solution
"""


def compare(build, x, y, x_test, y_test, epochs, seed):
    x, x_test = x.astype(np.uint8), x_test.astype(np.uint8)
    accuracies = {}
    for name, train, test in (("raw", x, x_test), ("scaled", *prepare(x, x_test))):
        keras.utils.set_random_seed(seed)
        model = build()
        model.fit(train, y, epochs=epochs, verbose=0)
        accuracies[name] = model.evaluate(test, y_test, verbose=0)[1]
    return accuracies
