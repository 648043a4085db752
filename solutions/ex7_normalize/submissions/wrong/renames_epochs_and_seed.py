"""The parameters have other names.

fails: each_model_own_scale
says: Keep the parameters' names
rest: solution
"""


def compare(build, x, y, x_test, y_test, n_epochs, random_seed):
    accuracies = {}
    for name, train, test in (("raw", x, x_test), ("scaled", *prepare(x, x_test))):
        keras.utils.set_random_seed(random_seed)
        model = build()
        model.fit(train, y, epochs=n_epochs, verbose=0)
        accuracies[name] = model.evaluate(test, y_test, verbose=0)[1]
    return accuracies
