"""The learning rate falls.

fails: fair_comparison
rest: solution
"""


def compare(build, x, y, x_test, y_test, epochs, seed):
    accuracies = {}
    scaled, scaled_test = x / 255, x_test / 255
    for name, train, test in (("raw", x, x_test), ("scaled", scaled, scaled_test)):
        keras.utils.set_random_seed(seed)
        model = build()
        model.optimizer.learning_rate = keras.optimizers.schedules.CosineDecay(0.001, 10_000)
        model.fit(train, y, epochs=epochs, verbose=0)
        accuracies[name] = model.evaluate(test, y_test, verbose=0, return_dict=True)["accuracy"]
    return accuracies
