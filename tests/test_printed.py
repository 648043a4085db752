"""What a submission prints arrives, in order, whichever way it went."""

import pytest

import grader
from grader.engine import run as running
from grader.sandbox.printed import MAX_PRINTED

WAYS = {
    "reconfigured": ("sys.stdout.reconfigure(encoding='utf-8'); print('é')", "é\n"),
    "unencodable": ("print('a\\ud800')", "a\\ud800\n"),
    "bytes": ("sys.stdout.buffer.write(b'a\\xff\\n')", "a\ufffd\n"),
    "a writer around bytes": (
        "sys.stdout = io.TextIOWrapper(sys.stdout.buffer, 'utf-8'); print('ü')",
        "ü\n",
    ),
    "a detached writer": (
        "sys.stdout = codecs.getwriter('utf-8')(sys.stdout.detach()); print('ü')",
        "ü\n",
    ),
    "a file of the descriptor": ("print('a', file=open(1, 'w', closefd=False))", "a\n"),
    "the first stream": ("sys.__stdout__.write('a\\n')", "a\n"),
    "errors": ("print('a', file=sys.stderr)", "a\n"),
    "redirected": ("with contextlib.redirect_stdout(sys.stderr): print('a')", "a\n"),
    "elsewhere": ("with contextlib.redirect_stdout(io.StringIO()): print('a')", ""),
    "closed": ("sys.stdout.close(); print('a')", "a\n"),
    "the descriptor is closed": ("os.close(1); print('a', open('x', 'w').fileno())", "a 1\n"),
    "logging": ("logging.warning('a')", "WARNING:root:a\n"),
    "logging to a stream": (
        "logging.basicConfig(stream=sys.stdout, level='INFO'); logging.info('a')",
        "INFO:root:a\n",
    ),
    "descriptors": (
        "print(1); os.write(1, b'2\\n'); print(3); os.write(2, b'4\\n')",
        "1\n2\n3\n4\n",
    ),
    "what it is": (
        "print(sys.stdout.encoding, sys.stdout.isatty(), sys.stdout.fileno(), sys.stderr.fileno())",
        "utf-8 False 1 2\n",
    ),
    "crashes are told": ("faulthandler.enable(); print('a')", "a\n"),
    "warnings are not its own": ("warnings.warn('a'); print('b')", "b\n"),
    "TensorFlow's log is not its own": (
        r"""os.write(2, b'I0000 00:00:17.5     42 cpu_utils.cc:7] a\nb\n')
os.write(2, b'2026-01-31 10:00:00.1: I tensorflow/core/x.cc:1] a\n')""",
        "b\n",
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_printed(server: grader.Server, way: str) -> None:
    code, text = WAYS[way]
    modules = "codecs, contextlib, faulthandler, io, logging, os, sys, warnings"
    assert running.printed(f"import {modules}\n{code}", server) == text


def test_long_output_keeps_its_ends(server: grader.Server) -> None:
    text = running.printed("import os\nfor n in range(30_000): print(n)\nos.write(1, b'z')", server)
    assert text.startswith("0\n1\n2\n") and text.endswith("29998\n29999\nz")
    assert "bytes …]" in text and len(text) < MAX_PRINTED + 40
    long = running.printed("import os\nos.write(1, b'x' * 1_000_000)", server)
    assert f"[… {1_000_000 - MAX_PRINTED:,} bytes …]" in long


def test_tensorflow_prints(server: grader.Server) -> None:
    source = """import sys
import keras
import tensorflow as tf
print(1)
tf.print("two", tf.constant([2.0]))
print(3)
tf.print(4, output_stream=sys.stdout)
tf.function(lambda x: tf.print("five", x) and x)(5)
tf.get_logger().warning("six")
model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
model.compile("adam", "mse", jit_compile=True)
model.fit(tf.zeros((4, 1)), tf.zeros(4), verbose=0)
"""
    told = running.printed(source, server, timeout=120)
    assert told == "1\ntwo [2]\n3\n4\nfive 5\n"
