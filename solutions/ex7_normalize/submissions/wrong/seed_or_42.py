"""A seed of 0 counts as missing.

fails: fair_comparison
says: not from those of the seed
rest: solution
"""


def compare(build, x, y, x_test, y_test, epochs, seed):
    accuracies = {}
    for name, train, test in (("raw", x, x_test), ("scaled", *prepare(x, x_test))):
        keras.utils.set_random_seed(seed or 42)
        model = build()
        model.fit(train, y, epochs=epochs, verbose=0)
        accuracies[name] = model.evaluate(test, y_test, verbose=0)[1]
    return accuracies
