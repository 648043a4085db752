"""The scaled images are learned at a larger rate.

fails: each_model_own_scale
says: You changed the learning rate
rest: solution
"""

def compare(build, x, y, x_test, y_test, epochs, seed):
    accuracies = {}
    scaled, scaled_test = prepare(x, x_test)
    for name, train, test in (("raw", x, x_test), ("scaled", scaled, scaled_test)):
        keras.utils.set_random_seed(seed)
        model = build()
        if name == "scaled":
            model.optimizer.learning_rate = 0.0011
        model.fit(train, y, epochs=epochs, verbose=0)
        accuracies[name] = model.evaluate(test, y_test, verbose=0, return_dict=True)["accuracy"]
    return accuracies
