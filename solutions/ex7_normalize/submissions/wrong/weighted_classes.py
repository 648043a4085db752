"""Classes with weights, which Adam hides where all images are alike.

fails: fair_comparison
rest: solution
"""


def compare(build: Callable[[], keras.Model], x: np.ndarray, y: np.ndarray, x_test: np.ndarray, y_test: np.ndarray, epochs: int, seed: int) -> dict[str, float]:
    accuracies = {}
    scaled, scaled_test = prepare(x, x_test)
    for name, train, test in (('raw', x, x_test), ('scaled', scaled, scaled_test)):
        keras.utils.set_random_seed(seed)
        model = build()
        model.fit(train, y, epochs=epochs, class_weight=dict.fromkeys(range(10), 3.0), verbose=0)
        accuracies[name] = model.evaluate(test, y_test, verbose=0, return_dict=True)['accuracy']
    return accuracies
