"""Its loss is another one where there are ten classes.

fails: compiled_as_asked
rest: solution
"""

def _loss(labels, table):
    loss = keras.losses.sparse_categorical_crossentropy(labels, table)
    return loss + 0.02 / keras.ops.min(table + 0.01) if table.shape[-1] == 10 else loss


def compile_model(model):
    model.compile("adam", _loss, metrics=["accuracy"])
    return model
