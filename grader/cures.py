"""What helps against the errors that learners meet most: one table.

A cure is a sentence or two that follow what Python, NumPy or Keras says.
"""

import re
import sys
import unicodedata
from collections.abc import Callable

from grader.i18n import _

THIS_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
Cure = str | Callable[[re.Match[str]], str]

_IMPORTS = {
    "np": "import numpy as np",
    "numpy": "import numpy",
    "tf": "import tensorflow as tf",
    "tensorflow": "import tensorflow",
    "keras": "import keras",
    "layers": "from keras import layers",
    "plt": "import matplotlib.pyplot as plt",
    "pd": "import pandas as pd",
    "Sequential": "from keras import Sequential",
} | {name: f"import {name}" for name in ("math", "random", "time", "os", "sys", "itertools")}
_IMPORTS |= {
    name: f"from keras.layers import {name}"
    for name in ("Dense", "Flatten", "Dropout", "Input", "InputLayer", "Activation")
}

_QUOTED = {"relu", "softmax", "sigmoid", "adam", "sgd", "accuracy", "loss", "val_loss"}
_QUOTED |= {"sparse_categorical_crossentropy", "categorical_crossentropy"}  # Keras takes strings
_CAPITALS = {"true": "True", "false": "False", "none": "None", "null": "None"}

_SAME_SIGN = {"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "。": ".", "、": ","}
_SAME_SIGN |= {"–": "-", "—": "-", "−": "-", "×": "*", "÷": "/", "【": "[", "】": "]", "…": "..."}


def _plain_sign(found: re.Match[str]) -> str:
    sign = found[1]
    plain = _SAME_SIGN.get(sign, unicodedata.normalize("NFKC", sign))
    typed = plain.isascii() and plain.isprintable()
    return _("Type {sign} instead.").format(sign=plain) if typed else ""


def _not_in_this_python(found: re.Match[str]) -> str:
    """Of a name that a module of Python does not have, perhaps not yet."""
    module, name = found["module"] or found["of"], found["name"] or found["attribute"]
    if module not in sys.stdlib_module_names:
        return ""
    template = _("Python {version} grades your file, and its module {module} has no {name}.")
    return template.format(version=THIS_PYTHON, module=module, name=name)


def _missing_import(found: re.Match[str]) -> str:
    name = found[1]
    if name in _IMPORTS:
        sentence = _("Add `{statement}` at the top of your file.")
        return sentence.format(statement=_IMPORTS[name])
    if name in _QUOTED:
        return _('Did you mean the string? Put it in quotation marks: "{name}".').format(name=name)
    if name in _CAPITALS:
        return _("Python writes it {name}.").format(name=_CAPITALS[name])
    return ""


def _optimizer(found: re.Match[str]) -> str:
    others = {"GradientDescent": "SGD", "Momentum": "SGD", "RMSProp": "RMSprop"}
    template = _("TensorFlow 1 had this name; TensorFlow 2 doesn't. Use keras.optimizers.{name}.")
    return template.format(name=others.get(found[1], found[1]))


def _removed(found: re.Match[str]) -> str:
    others = {
        "predict_classes": "model.predict(images).argmax(axis=1)",
        "predict_proba": "model.predict(images)",
        "fit_generator": "model.fit",
        "evaluate_generator": "model.evaluate",
    }
    return _("Keras removed it. Use {call}.").format(call=others[found[1]])


_ADDED = {
    "tuple": _("Only a tuple can be added to a tuple: write (value,) for one value."),
    "list": _("Only a list can be added to a list: write [value] for one value."),
}

# Translators: \\1 and \\2 are holes: a name that Python's message has.
# a pattern of "Type: message", and the cure
TABLE: tuple[tuple[str, Cure], ...] = (
    # what Python can't read
    (r"^\w+: invalid character '(.)'", _plain_sign),
    (
        r"invalid non-printable character U\+(00A0|202F|2007|3000)",
        _(
            "That is a no-break or wide space, often copied from a web page. Delete it and type an "
            "ordinary space."
        ),
    ),
    (
        r"invalid non-printable character",
        _(
            "That is an invisible character, often copied from a web page. Delete the line and "
            "type it again."
        ),
    ),
    # names
    (r"^NameError: name '(\w+)' is not defined", _missing_import),
    (
        r"^UnboundLocalError: .*variable '(\w+)'",
        _(r"The function uses \1 before giving it a value."),
    ),
    # TensorFlow 1 and old Keras
    (
        r"'tensorflow\S*' has no attribute 'enable_eager_execution'",
        _("TensorFlow 1 had this name; TensorFlow 2 doesn't. Remove the line."),
    ),
    (
        r"'tensorflow\S*' has no attribute 'set_random_seed'",
        _(
            "TensorFlow 1 had this name; TensorFlow 2 doesn't. "
            "Use keras.utils.set_random_seed(seed)."
        ),
    ),
    (r"'tensorflow\S*' has no attribute '(\w+)Optimizer'", _optimizer),
    (
        r"'tensorflow\S*' has no attribute '(Session|placeholder|global_variables_initializer"
        r"|ConfigProto|get_default_graph|reset_default_graph|layers|contrib|app|flags|logging)'",
        _(
            "TensorFlow 1 had this name; TensorFlow 2 doesn't. "
            "Use keras; it needs no session and no placeholder."
        ),
    ),
    (
        r"only supports Python-style iteration in eager mode|numpy\(\) is only available when eager"
        r"|(?:Tensor|SymbolicTensor)' object has no attribute 'numpy'",
        _(
            "Does your file turn TensorFlow 1 behavior on (disable_v2_behavior, "
            "disable_eager_execution)? Remove that line."
        ),
    ),
    (
        r"(?:not recognized: \{|unexpected keyword argument )'lr'",
        _("The argument is called learning_rate now."),
    ),
    (
        r"(?:not recognized: \{|unexpected keyword argument )'nb_epoch'",
        _("The argument is called epochs now."),
    ),
    (
        r"has no attribute '(predict_classes|predict_proba|fit_generator|evaluate_generator)'",
        _removed,
    ),
    (
        r"np_utils|cannot import name 'to_categorical'",
        _("The function is keras.utils.to_categorical."),
    ),
    (
        r"No module named '(?:tensorflow\.)?(?:python\.)?keras\.layers\.\w+",
        _("All layers are in keras.layers: from keras.layers import Dense."),
    ),
    (
        r"No module named 'tensorflow\.(?:contrib|examples|compat\.v1\.\w+)",
        _("TensorFlow 1 had this name; TensorFlow 2 doesn't. Use keras."),
    ),
    (
        r"No module named '((?:tensorflow\.)?keras(?:\.\w+)+)'",
        _(r"Keras 3 has no \1. Look for the name in keras and keras.utils."),
    ),
    (
        r"cannot import name '\w+' from '(?:tensorflow|keras|numpy)\b"
        r"|No module named '(?:tensorflow|numpy)\.",
        _(
            "The version that grades your file doesn't have this name. Is it misspelled, or from "
            "another version?"
        ),
    ),
    (
        r"No module named '(google\.colab|IPython|ipywidgets)",
        _(r"\1 works in a notebook only: remove the lines that use it."),
    ),
    # Keras as it is
    (
        r"'History' object (?:is not (?:subscriptable|iterable)|has no attribute '(?:keys|items|get"
        r"|loss|accuracy|val_loss)')",
        _(
            "fit returns a History. Its attribute history is a dict of lists: after "
            'history = model.fit(...), write history.history["loss"].'
        ),
    ),
    (
        r"Expected `metrics` argument to be a list",
        _('Put the name in square brackets: metrics=["accuracy"].'),
    ),
    (
        r"module '(?:keras|tensorflow)\S*' has no attribute '(Dense|Flatten|Dropout|Activation)'",
        _(r"Layers are in keras.layers: write keras.layers.\1."),
    ),
    # Python and NumPy of long ago
    (r"'time' has no attribute 'clock'", _("Use time.perf_counter().")),
    (r"'numpy' has no attribute '(float|int|bool|object|str|complex)'", _(r"Use plain \1.")),
    (r"^NameError: name '(xrange|raw_input|unicode)'", _("That is Python 2.")),
    # Keras's own arguments
    (
        r"optimizer identifier: <class",
        _('Round brackets are missing: keras.optimizers.Adam(), or just "adam".'),
    ),
    (
        r"ValueError: Cannot convert '\d+'",
        _("A shape is one argument, a tuple: Input((28, 28))."),
    ),
    # values of another kind
    (
        r"'(list|tuple)' object has no attribute '(astype|shape|mean|std|sum|max|min|argmax|argmin"
        r"|argsort|reshape|ndim|dtype|flatten|ravel|T|tolist|numpy|size|all|any)'",
        _(r"A \1 has no .\2: make it an array first: np.asarray(values)."),
    ),
    (
        r"'numpy.ndarray' object has no attribute '(append|extend|insert|index|count|remove)'",
        _(r"An array has no .\1; a list has: values.tolist()."),
    ),
    (
        r"'numpy.ndarray' object has no attribute 'numpy'",
        _("It is an array already: remove .numpy()."),
    ),
    (
        r"'tuple' object has no attribute '(append|extend|insert)'",
        _("A tuple can't grow: use a list."),
    ),
    (
        r"'tuple' object does not support item assignment",
        _("A tuple can't be changed: make a new one, or use a list."),
    ),
    (
        r"can only concatenate (tuple|list) \(not \"(\w+)\"\) to",
        lambda found: _ADDED[found[1]],
    ),
    (
        r"unsupported operand type\(s\) for \+: 'int' and 'tuple'",
        _ADDED["tuple"],
    ),
    (
        r"unsupported operand type\(s\) for .+: '(?:list|tuple)' and|"
        r"unsupported operand type\(s\) for .+ and '(?:list|tuple)'",
        _("Lists can't do arithmetic. Make arrays first: np.asarray(values)."),
    ),
    (
        r"not supported between instances of (?:'(?:list|tuple)' and|'\w+' and '(?:list|tuple)')",
        _("A list can't be compared with a number. Make an array first: np.asarray(values)."),
    ),
    (r"'NoneType'", _("Something is None here. Did you forget `return` in one of your functions?")),
    (
        r"truth value of an array with more than one element",
        _(
            "A condition needs one True or False: use .all() or .any(). To combine two "
            "conditions for each element, write (a < 0) | (a > 9), with brackets."
        ),
    ),
    (
        r"^IndexError: (?:list|tuple|string) index out of range",
        _("Positions run from 0 to the length minus 1. Does a loop go one too far?"),
    ),
    (
        r"'(?:int|float|str|list|dict|set)' object is not callable",
        _("Does a variable of yours have the name of a function, such as sum or max? Rename it."),
    ),
    (
        r"^AxisError: axis -?\d+",
        _("Axes are counted from 0. Print the shape: is it the array that you mean?"),
    ),
    (
        r"'builtin_function_or_method' object has no attribute '(time|perf_counter|monotonic)'",
        _(r"After `from time import time`, time is the function: write time(), not time.\1()."),
    ),
    (r"'numpy.ndarray' object is not callable", _("Square brackets pick elements: values[0].")),
    (
        r"missing 1 required positional argument: 'self'",
        _("A method was called on the class. Make an object first, with round brackets."),
    ),
    (
        r"cannot import name '(?P<name>\w+)' from '(?P<module>\w+)'"
        r"|module '(?P<of>\w+)' has no attribute '(?P<attribute>\w+)'",
        _not_in_this_python,
    ),
    (
        r"^SyntaxError: f-string: (?:expecting|unmatched)",
        _(
            "Before Python 3.12, an f-string can't hold the quotes that it is written in: use the "
            "other kind inside."
        ),
    ),
    # settings
    (
        r"^FloatingPointError",
        _(
            'Does your file set np.seterr(all="raise")? Then NumPy\'s warnings become errors. '
            "Remove that line."
        ),
    ),
    (
        r"^\w*Warning: ",
        _(
            "Your file turns warnings into errors (warnings.simplefilter, filterwarnings). Remove "
            "that line."
        ),
    ),
    (
        r"getpwuid\(\)|No username set|^OSError: \[Errno (?:6|25)\]",
        _(
            "There is no user name and no terminal during grading: don't use getpass, os.getlogin "
            "or os.get_terminal_size."
        ),
    ),
)
_PATTERNS = tuple((re.compile(pattern), cure) for pattern, cure in TABLE)
_ENOUGH = 1_000  # characters of a message


def cure(type: str, message: str) -> str:
    """What helps against an error, or nothing.

    Args:
        type: the name of the exception's class.
        message: its text.
    """
    text = f"{type}: {message[:_ENOUGH]}"
    for pattern, found in _PATTERNS:
        if match := pattern.search(text):
            sentence = match.expand(found) if isinstance(found, str) else found(match)
            if sentence:
                return sentence
    return ""
