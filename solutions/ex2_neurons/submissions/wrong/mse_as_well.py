"""Asks for a second metric, which takes no labels.

fails: compiled_as_asked
says: With your metrics
rest: solution
"""


def compile_model(model):
    model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=['accuracy', 'mse'])
    return model
