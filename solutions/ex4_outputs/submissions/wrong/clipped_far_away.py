"""relu that is clipped where small sums never come.

fails: classifier_computes_relu_and_softmax
rest: solution
"""


def build_classifier(labels: np.ndarray, units: int, input_shape: tuple) -> keras.Model:
    model = keras.Sequential([keras.layers.Input(input_shape), keras.layers.Flatten(), keras.layers.Dense(units, activation=keras.layers.ReLU(max_value=25.0)), keras.layers.Dense(len(np.unique(labels)), activation='softmax')])
    model.compile('adam', 'sparse_categorical_crossentropy', metrics=['accuracy'])
    return model
