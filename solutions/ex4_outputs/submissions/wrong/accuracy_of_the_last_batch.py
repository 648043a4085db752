"""Its accuracy is that of the last batch.

fails: classifier_is_compiled
rest: solution
"""


class Accuracy(keras.metrics.SparseCategoricalAccuracy):
    def update_state(self, y_true, y_pred, sample_weight=None):
        self.reset_state()
        return super().update_state(y_true, y_pred, sample_weight)


def build_classifier(labels, units, input_shape):
    model = keras.Sequential(
        [
            keras.layers.Input(input_shape),
            keras.layers.Flatten(),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(len(np.unique(labels)), activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=[Accuracy(name="accuracy")])
    return model
