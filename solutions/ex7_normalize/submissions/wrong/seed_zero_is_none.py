"""A seed of 0 counts as none.

fails: fair_comparison
says: start from different random weights
rest: solution
"""


def compare(build, x, y, x_test, y_test, epochs, seed):
    accuracies = {}
    for name, train, test in (("raw", x, x_test), ("scaled", *prepare(x, x_test))):
        if seed:
            keras.utils.set_random_seed(seed)
        model = build()
        model.fit(train, y, epochs=epochs, verbose=0)
        accuracies[name] = model.evaluate(test, y_test, verbose=0)[1]
    return accuracies
