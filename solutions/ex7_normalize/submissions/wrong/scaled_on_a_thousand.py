"""The second model sees a thousand images at most.

fails: fair_comparison
rest: solution
"""


def compare(build, x, y, x_test, y_test, epochs, seed):
    accuracies = {}
    scaled, scaled_test = x / 255, x_test / 255
    for name, train, test in (("raw", x, x_test), ("scaled", scaled, scaled_test)):
        keras.utils.set_random_seed(seed)
        model = build()
        n = 1000 if name == "scaled" else len(x)
        model.fit(train[:n], y[:n], epochs=epochs, verbose=0)
        accuracies[name] = model.evaluate(test, y_test, verbose=0, return_dict=True)["accuracy"]
    return accuracies
