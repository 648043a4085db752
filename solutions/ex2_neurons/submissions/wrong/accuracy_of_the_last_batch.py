"""Its accuracy is that of the last batch.

fails: accuracy_is_reported
rest: solution
"""


class Accuracy(keras.metrics.SparseCategoricalAccuracy):
    def update_state(self, y_true, y_pred, sample_weight=None):
        self.reset_state()
        return super().update_state(y_true, y_pred, sample_weight)


def compile_model(model):
    model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=[Accuracy(name='accuracy')])
    return model
