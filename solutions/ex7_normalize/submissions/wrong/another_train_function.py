"""Half of the steps are of a function of its own.

fails: fair_comparison
rest: solution
"""


def compare(build, x, y, x_test, y_test, epochs, seed):
    accuracies = {}
    scaled, scaled_test = x / 255, x_test / 255
    for name, train, test in (("raw", x, x_test), ("scaled", scaled, scaled_test)):
        keras.utils.set_random_seed(seed)
        model = build()
        model.make_train_function()
        step = model.train_function

        def some(data, step=step, model=model):
            return step(data) if model.optimizer.iterations < 50 else {}

        model.train_function = some
        model.fit(train, y, epochs=epochs, verbose=0)
        accuracies[name] = model.evaluate(test, y_test, verbose=0, return_dict=True)["accuracy"]
    return accuracies
