"""Which models may be rebuilt on the bench: known layers with plain settings of sane sizes.

Keras's own loading code has run attackers' code more than once, so a description is read here in
plain Python, and only what is on a list is written into a new one.
"""

import math
from typing import Any

import numpy as np

from grader.i18n import _

MAX_LAYERS = 64
MAX_SIZE = 20_000  # of a layer: units, filters, an axis
MAX_PARAMETERS = 30_000_000
MAX_TEXT = 80

_LAYERS = {
    "Activation", "AveragePooling2D", "BatchNormalization", "Conv2D", "Dense", "Dropout", "ELU",
    "Flatten", "GaussianNoise", "GlobalAveragePooling2D", "InputLayer", "LayerNormalization",
    "LeakyReLU", "MaxPooling2D", "Normalization", "PReLU", "ReLU", "Rescaling", "Reshape",
    "Softmax",
}  # fmt: skip
_INITIALIZERS = {
    "Constant", "GlorotNormal", "GlorotUniform", "HeNormal", "HeUniform", "Identity",
    "LecunNormal", "LecunUniform", "Ones", "Orthogonal", "RandomNormal", "RandomUniform",
    "TruncatedNormal", "VarianceScaling", "Zeros",
}  # fmt: skip
_ACTIVATIONS = {
    "celu", "elu", "exponential", "gelu", "hard_sigmoid", "hard_silu", "leaky_relu", "linear",
    "log_softmax", "mish", "relu", "relu6", "selu", "sigmoid", "silu", "softmax", "softplus",
    "softsign", "swish", "tanh",
}  # fmt: skip
# tf.nn's functions under the names they give themselves
_TENSORFLOW_NAMES = {"softmax_v2": "softmax", "leaky_relu": "leaky_relu", "gelu": "gelu"}

# Layers that may stand as an activation, with their settings.
_ACTIVATION_LAYERS = {"ELU", "LeakyReLU", "ReLU", "Softmax"}

# Functions of Keras that a functional model may call between its layers, by module and class
_OPERATIONS = {
    ("keras.src.activations.activations", "ReLU"): "relu",
    ("keras.src.ops.nn", "Relu"): "relu",
    ("keras.src.ops.nn", "Sigmoid"): "sigmoid",
    ("keras.src.ops.nn", "Softmax"): "softmax",
}
_WITHOUT_SETTINGS = {"axis": -1, "max_value": None, "negative_slope": 0.0, "threshold": 0.0}

_COMPUTED = {"float32", "float64"}
_INPUTS = _COMPUTED | {"bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32"}

# Settings that are dropped: they say nothing of what the model computes, or Keras infers them.
_IGNORED = {"build_config", "quantization_config", "build_input_shape"}
_CODE = {"Lambda", "TFSMLayer", "TorchModuleWrapper", "StringLookup", "TextVectorization"}


class NotAdmitted(Exception):
    """What about the model is on no list."""


def admit(kind: Any, config: Any, weights: Any) -> tuple[dict[str, Any], list[np.ndarray]]:
    """A new description of a model, made only of what is allowed, and its weights.

    Args:
        kind: ``"Sequential"`` or ``"Functional"``.
        config: what ``get_config()`` returned, untrusted.
        weights: what ``get_weights()`` returned, untrusted.

    Raises:
        NotAdmitted: something in it is not allowed.
    """
    if kind not in ("Sequential", "Functional") or not isinstance(config, dict):
        raise NotAdmitted(_("it is no Sequential or functional model"))
    layers = config.get("layers")
    if not isinstance(layers, list) or not 1 <= len(layers) <= MAX_LAYERS:
        raise NotAdmitted(
            _("it has no layers, or more than {max_layers}").format(max_layers=MAX_LAYERS)
        )
    clean = {"name": "model", "layers": [_layer(each) for each in layers]}
    if kind == "Functional":
        for name in ("input_layers", "output_layers"):
            clean[name] = _plain(config.get(name))
    if not isinstance(weights, list) or not all(isinstance(w, np.ndarray) for w in weights):
        raise NotAdmitted(_("its weights are no arrays"))
    if sum(w.size for w in weights) > MAX_PARAMETERS:
        raise NotAdmitted(
            _("it has more than {max_parameters:,} parameters").format(
                max_parameters=MAX_PARAMETERS
            )
        )
    if not all(w.dtype.kind in "fiub" for w in weights):
        raise NotAdmitted(_("its weights are no numbers"))
    if not all(np.isfinite(w).all() for w in weights):
        raise NotAdmitted(_("some of its weights are NaN or infinite"))
    return clean, weights


def admit_shape(shape: Any) -> tuple[int, ...] | None:
    """An input shape without the batch axis, ``None`` if there is none.

    Raises:
        NotAdmitted: it is no shape, or too large.
    """
    if shape is None:
        return None
    if not isinstance(shape, tuple) or not all(type(n) is int and n > 0 for n in shape):
        raise NotAdmitted(_("its input shape is none, or not fixed"))
    if len(shape) > 8 or math.prod(shape) > MAX_PARAMETERS:
        raise NotAdmitted(_("its input is too large"))
    return shape


def _layer(node: Any) -> dict[str, Any]:
    name = node.get("class_name") if isinstance(node, dict) else None
    if not isinstance(name, str) or not isinstance(node.get("config"), dict):
        raise NotAdmitted(_("one of its layers is none"))
    if (activation := _OPERATIONS.get((str(node.get("module")), name))) is not None:
        node = _as_layer(node, activation)
        name = "Activation"
    own = node.get("module") != "keras.layers" or node.get("registered_name") is not None
    if own or name in _CODE:
        raise NotAdmitted(_("the layer {name} runs code of its own").format(name=name[:MAX_TEXT]))
    if name not in _LAYERS:
        raise NotAdmitted(_("the layer {name} is not on the list").format(name=name[:MAX_TEXT]))
    dtypes = _INPUTS if name == "InputLayer" else _COMPUTED
    config = {
        k: _dtype(v, dtypes) if k == "dtype" else _setting(k, v)
        for k, v in node["config"].items()
        if k not in _IGNORED
    }
    clean: dict[str, Any] = {
        "module": "keras.layers",
        "class_name": name,
        "config": config,
        "registered_name": None,
    }
    if "inbound_nodes" in node:
        clean["name"] = _plain(node.get("name"))
        clean["inbound_nodes"] = _plain(node["inbound_nodes"])
    return clean


def _as_layer(node: dict[str, Any], activation: str) -> dict[str, Any]:
    """The layer that computes what an operation does, in its place in a functional model."""
    settings = {k: v for k, v in node["config"].items() if k != "name"}
    if not settings.items() <= _WITHOUT_SETTINGS.items():
        raise NotAdmitted(
            _("the function {activation} has settings of its own").format(activation=activation)
        )
    config = {"name": node.get("name"), "activation": activation}
    layer = {"module": "keras.layers", "class_name": "Activation", "registered_name": None}
    return node | layer | {"config": config}


def _setting(key: Any, value: Any) -> Any:
    if not isinstance(key, str) or len(key) > MAX_TEXT:
        raise NotAdmitted(_("a setting without a name"))
    if key.endswith("activation") and value is not None:
        return _activation(value)
    if isinstance(value, dict) and "class_name" in value:
        return _initializer(key, value)
    if key == "seed" and type(value) is int and value.bit_length() <= 64:
        return value  # a number, but no size
    return _plain(value)


def _dtype(value: Any, allowed: set[str]) -> str | None:
    """The name of a dtype, or of the dtype that a policy computes in."""
    match value:
        case None:
            return None
        case {"class_name": "DTypePolicy", "config": {"name": str(name)}} | str(name):
            if name in allowed:
                return name
            raise NotAdmitted(
                _(
                    "it computes in {name}, not in Keras's usual float32. Leave dtype and "
                    "set_dtype_policy out"
                ).format(name=name[:MAX_TEXT])
            )
    raise NotAdmitted(_("its dtype policy is not on the list"))


def _activation(value: Any) -> str | dict[str, Any]:
    name = value.get("config") if isinstance(value, dict) else value
    if isinstance(name, dict):  # an activation object of Keras, with settings of its own
        name = value.get("class_name")
        if isinstance(name, str) and name in _ACTIVATION_LAYERS:
            return _layer({k: v for k, v in value.items() if k != "inbound_nodes"})
    if isinstance(name, str):
        name = _TENSORFLOW_NAMES.get(name, name)
        if name in _ACTIVATIONS:
            return name
        raise NotAdmitted(
            _("the activation {name} is not on the list").format(name=name[:MAX_TEXT])
        )
    raise NotAdmitted(_("an activation is a function of its own"))


def _initializer(key: str, value: dict[str, Any]) -> dict[str, Any] | None:
    name, settings = value.get("class_name"), value.get("config") or {}
    if key.endswith(("regularizer", "constraint")):
        raise NotAdmitted(_("it has a {key}").format(key=key))
    known = isinstance(name, str) and name in _INITIALIZERS and isinstance(settings, dict)
    if not known or value.get("registered_name") is not None:
        raise NotAdmitted(_("its {key} is not on the list").format(key=key))
    config = {k: _setting(k, v) for k, v in settings.items()}
    module = "keras.initializers"
    return {"module": module, "class_name": name, "config": config, "registered_name": None}


def _plain(value: Any, depth: int = 0) -> Any:
    """Plain data with sane numbers, as it is; tensors of a functional model's graph among it."""
    if depth > 8:
        raise NotAdmitted(_("its description is nested too deeply"))
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        if isinstance(value, int) and abs(value) > MAX_SIZE:
            raise NotAdmitted(_("a size of {value:,} is too large").format(value=value))
        return value
    if isinstance(value, str):
        if len(value) > MAX_TEXT:
            raise NotAdmitted(_("a name is too long"))
        return value
    if isinstance(value, list | tuple):
        if len(value) > MAX_LAYERS:
            raise NotAdmitted(_("a list in its description is too long"))
        return [_plain(v, depth + 1) for v in value]
    if isinstance(value, dict):
        if "class_name" in value and value["class_name"] != "__keras_tensor__":
            raise NotAdmitted(
                _("{value} is not on the list").format(value=str(value["class_name"])[:MAX_TEXT])
            )
        return {str(k)[:MAX_TEXT]: _plain(v, depth + 1) for k, v in value.items()}
    raise NotAdmitted(_("its description is no plain data"))
