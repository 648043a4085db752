"""The accuracy is a weighted metric.

fails: compiled_as_asked
says: You gave compile weighted_metrics as well
rest: solution
"""

def compile_model(model):
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", weighted_metrics=["accuracy"])
    return model
