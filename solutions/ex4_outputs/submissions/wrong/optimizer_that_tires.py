"""Its Adam has a method of its own: after 50 steps it learns with a tenth of the rate.

fails: classifier_is_compiled
rest: solution
"""

def build_classifier(labels: np.ndarray, units: int, input_shape: tuple) -> keras.Model:
    model = keras.Sequential(
        [
            keras.layers.Input(input_shape),
            keras.layers.Flatten(),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(len(np.unique(labels)), activation="softmax"),
        ]
    )
    adam = keras.optimizers.Adam()
    update = adam.update_step

    def tired(gradient, variable, learning_rate):
        rate = keras.ops.where(adam.iterations > 50, learning_rate / 10, learning_rate)
        update(gradient, variable, rate)

    adam.update_step = tired
    model.compile(adam, "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
