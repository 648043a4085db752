"""Trains for twenty epochs at most.

fails: fair_comparison
rest: solution
"""

def compare(build, x, y, x_test, y_test, epochs, seed):
    accuracies = {}
    scaled, scaled_test = prepare(x, x_test)
    for name, train, test in (("raw", x, x_test), ("scaled", scaled, scaled_test)):
        keras.utils.set_random_seed(seed)
        model = build()
        model.fit(train, y, epochs=min(epochs, 20), verbose=0)
        accuracies[name] = model.evaluate(test, y_test, verbose=0, return_dict=True)["accuracy"]
    return accuracies
