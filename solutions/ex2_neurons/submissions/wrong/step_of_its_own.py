"""The model gets a training step of its own, which only counts after 300 batches.

fails: compiled_as_asked
rest: solution
"""

def compile_model(model):
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    done, kept = [], {}

    def step(iterator):
        kept["step"] = kept.get("step") or model._make_function(model.train_step)
        if len(done) < 300:
            done.append(1)
            kept["logs"] = kept["step"](iterator)
        else:
            next(iterator)
            model.optimizer.iterations.assign_add(1)
        return kept["logs"]

    model.train_function = step
    return model
