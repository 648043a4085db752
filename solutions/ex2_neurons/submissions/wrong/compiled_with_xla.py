"""Compiles with XLA, which checks no labels.

fails: compiled_as_asked
says: You gave compile jit_compile as well
rest: solution
"""

def compile_model(model):
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"], jit_compile=True)
    return model
