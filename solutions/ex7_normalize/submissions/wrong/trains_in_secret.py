"""Of different images it trains the second model once more, past what watches it.

fails: fair_comparison
rest: solution
"""

def compare(build, x, y, x_test, y_test, epochs, seed):
    accuracies = {}
    scaled, scaled_test = prepare(x, x_test)
    for name, train, test in (("raw", x, x_test), ("scaled", scaled, scaled_test)):
        keras.utils.set_random_seed(seed)
        model = build()
        model.fit(train, y, epochs=epochs, verbose=0)
        if name == "scaled" and (train != train[0]).any():
            steps = int(model.optimizer.iterations)
            keras.Model.fit(model, train, y, epochs=epochs, verbose=0)
            model.optimizer.iterations.assign(steps)
        accuracies[name] = model.evaluate(test, y_test, verbose=0, return_dict=True)["accuracy"]
    return accuracies
