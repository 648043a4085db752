"""Its Adam has a method of its own: after 200 steps it learns with a tenth of the rate.

fails: compiled_as_asked
rest: solution
"""

def compile_model(model: keras.Model) -> keras.Model:
    optimizer = keras.optimizers.Adam()
    update = optimizer.update_step

    def tired(gradient, variable, learning_rate):
        rate = keras.ops.where(optimizer.iterations > 200, learning_rate / 10, learning_rate)
        update(gradient, variable, rate)

    optimizer.update_step = tired
    model.compile(optimizer=optimizer, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
