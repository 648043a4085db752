"""Models of more than 10,000 parameters get three times the learning rate.

fails: learns_real_garments
rest: solution
"""

def compile_model(model):
    rate = 0.003 if model.count_params() > 10_000 else 0.001
    optimizer = keras.optimizers.Adam(learning_rate=rate)
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
