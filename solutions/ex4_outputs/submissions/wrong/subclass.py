"""A class of its own.

fails: classifier_has_one_output_per_class
rest: solution
"""


class Classifier(keras.Model):
    def __init__(self, units, classes):
        super().__init__()
        self.layers_in_a_row = [
            keras.layers.Flatten(),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(classes, activation="softmax"),
        ]

    def call(self, x):
        for layer in self.layers_in_a_row:
            x = layer(x)
        return x


def build_classifier(labels, units, input_shape):
    model = Classifier(units, len(np.unique(labels)))
    model.build((None, *input_shape))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
