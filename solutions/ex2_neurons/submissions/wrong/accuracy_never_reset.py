"""Its accuracy goes on counting from epoch to epoch.

fails: accuracy_is_reported
rest: solution
"""


class Accuracy(keras.metrics.SparseCategoricalAccuracy):
    def reset_state(self):
        pass


def compile_model(model):
    model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=[Accuracy(name='accuracy')])
    return model
