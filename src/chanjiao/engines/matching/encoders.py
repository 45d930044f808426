"""Sentence encoders as a plug-in: a local folder in sentence-transformers or ONNX form joins as one more channel.

A folder with `model.safetensors` of the BERT family runs on numpy alone; one with an `.onnx` file on onnxruntime and
tokenizers (the extra `encoders`). Nothing is fetched. A folder that is no encoder, or a damaged one, is an error of the
family `matching.encoder_…` that names the file at fault.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.matching.letters import Floats, unit_rows
from chanjiao.engines.matching.wordpieces import LONGEST, WordPieces

BATCH = 64
BLOCK = 128  # rows by which tables are rounded up at most: so many may lack a word
KNOWN_MODULES = ("Transformer", "Pooling", "Normalize")
Pooling = Literal["cls", "mean"]
POOLINGS: dict[str, Pooling] = {"pooling_mode_cls_token": "cls", "pooling_mode_mean_tokens": "mean"}
PROVIDER = "CPUExecutionProvider"
Content = TypeVar("Content")


class Encoder(Protocol):
    """Turns texts into unit vectors."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """One row of length 1 a text; a row of zeros for a text without a token."""


def load_encoder(folder: Path) -> Encoder:
    """The encoder in a folder, tried on a word."""
    if not folder.is_dir():
        raise ChanjiaoError("matching.encoder_missing", path=str(folder))
    bert, onnx = (folder / "model.safetensors").is_file(), sorted(folder.rglob("*.onnx"))
    if not bert and not onnx:
        raise ChanjiaoError("matching.encoder_empty", path=str(folder))
    try:
        encoder: Encoder = BertEncoder(folder) if bert else OnnxEncoder(folder, onnx[0])
        encoder.encode(["engineer"])
    except ChanjiaoError:
        raise
    except Exception:  # numpy, onnxruntime and tokenizers raise kinds of their own
        raise ChanjiaoError("matching.encoder_unfit", path=str(folder)) from None
    return encoder


def _read(path: Path, reader: Callable[[Path], Content]) -> Content:
    """What a reader makes of a file of an encoder."""
    told = {"path": str(path.parent), "name": path.name}
    if not path.is_file():
        raise ChanjiaoError("matching.encoder_incomplete", **told)
    try:
        return reader(path)
    except Exception:  # readers raise kinds of their own
        raise ChanjiaoError("matching.encoder_damaged", **told) from None


def _settings(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    found.get("")  # a list has none
    return found


def _optional(path: Path) -> dict[str, Any]:
    return _read(path, _settings) if path.is_file() else {}


def _pooling(folder: Path) -> Pooling:
    """How the vectors of tokens become one; a module that is not run here is an error."""
    if (folder / "modules.json").is_file():
        modules = _read(
            folder / "modules.json", lambda path: [one["type"] for one in json.loads(path.read_text("utf-8"))]
        )
        kinds = [kind.rsplit(".", 1)[-1] for kind in modules]
        _refuse_kinds(folder, [kind for kind in kinds if kind not in KNOWN_MODULES])
    ways = [name for name, on in _optional(folder / "1_Pooling" / "config.json").items() if on is True]
    chosen = [name for name in ways if name.startswith("pooling_mode_")] or ["pooling_mode_mean_tokens"]
    _refuse_kinds(folder, [name for name in chosen if name not in POOLINGS or len(chosen) > 1])
    return POOLINGS[chosen[0]]


def _refuse_kinds(folder: Path, kinds: Sequence[str]) -> None:
    if kinds:
        raise ChanjiaoError("matching.encoder_kind", path=str(folder), kind=", ".join(kinds))


def _pooled(hidden: Floats, mask: Floats, pooling: Pooling) -> Floats:
    """The vectors of tokens (texts × tokens × width) as one unit row a text."""
    if pooling == "cls":
        return unit_rows(hidden[:, 0])
    return unit_rows((hidden * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True))


class BertEncoder:
    """A BERT, run on numpy."""

    def __init__(self, folder: Path) -> None:
        config = _read(folder / "config.json", _settings)
        if config.get("model_type") != "bert":
            raise ChanjiaoError("matching.encoder_kind", path=str(folder), kind=str(config.get("model_type", "?")))
        self._pooling = _pooling(folder)
        self._weights = _read(folder / "model.safetensors", _safetensors)
        self._heads = int(config["num_attention_heads"])
        self._layers = int(config["num_hidden_layers"])
        self._epsilon = float(config["layer_norm_eps"])
        lower = bool(_optional(folder / "tokenizer_config.json").get("do_lower_case", True))
        self._pieces = _read(
            folder / "vocab.txt", lambda path: WordPieces(path.read_text("utf-8").splitlines(), lower=lower)
        )
        self._prefix = "" if "embeddings.word_embeddings.weight" in self._weights else "bert."
        if not 0 <= len(self._weight("embeddings.word_embeddings.weight")) - len(self._pieces) < BLOCK:
            raise ValueError("words and rows")

    def encode(self, texts: Sequence[str]) -> Floats:
        """One unit row a text."""
        tokens = [self._pieces.numbers(text) for text in texts]
        found = np.zeros((len(texts), self._weight("embeddings.word_embeddings.weight").shape[1]), np.float32)
        order = sorted((place for place, one in enumerate(tokens) if one), key=lambda place: len(tokens[place]))
        for first in range(0, len(order), BATCH):
            batch = order[first : first + BATCH]
            found[batch] = self._batch([tokens[place] for place in batch])
        return found

    def _batch(self, tokens: list[list[int]]) -> Floats:
        length = max(map(len, tokens))
        numbers = np.array([one + [0] * (length - len(one)) for one in tokens])
        mask = np.array([[1.0] * len(one) + [0.0] * (length - len(one)) for one in tokens], np.float32)
        hidden = self._weight("embeddings.word_embeddings.weight")[numbers]
        hidden = hidden + self._weight("embeddings.position_embeddings.weight")[:length]
        hidden = hidden + self._weight("embeddings.token_type_embeddings.weight")[0]
        hidden = self._normal(hidden, "embeddings.LayerNorm")
        for layer in range(self._layers):
            hidden = self._layer(hidden, mask, f"encoder.layer.{layer}.")
        return _pooled(hidden, mask, self._pooling)

    def _layer(self, hidden: Floats, mask: Floats, name: str) -> Floats:
        batch, length, width = hidden.shape
        split = (batch, length, self._heads, width // self._heads)
        query, key, value = (
            self._linear(hidden, f"{name}attention.self.{part}").reshape(split).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(width // self._heads))
        scores = scores + (1 - mask)[:, None, None, :] * np.float32(-1e9)
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        seen = (scores / scores.sum(axis=-1, keepdims=True)) @ value
        seen = seen.transpose(0, 2, 1, 3).reshape(batch, length, width)
        hidden = self._normal(
            hidden + self._linear(seen, f"{name}attention.output.dense"), f"{name}attention.output.LayerNorm"
        )
        inner = _gelu(self._linear(hidden, f"{name}intermediate.dense"))
        return self._normal(hidden + self._linear(inner, f"{name}output.dense"), f"{name}output.LayerNorm")

    def _linear(self, rows: Floats, name: str) -> Floats:
        found: Floats = rows @ self._weight(f"{name}.weight").T + self._weight(f"{name}.bias")
        return found

    def _normal(self, rows: Floats, name: str) -> Floats:
        mean, spread = rows.mean(axis=-1, keepdims=True), rows.var(axis=-1, keepdims=True)
        scaled = (rows - mean) / np.sqrt(spread + np.float32(self._epsilon))
        found: Floats = scaled * self._weight(f"{name}.weight") + self._weight(f"{name}.bias")
        return found

    def _weight(self, name: str) -> Floats:
        return self._weights[self._prefix + name]


def _gelu(rows: Floats) -> Floats:
    """x Φ(x), the normal distribution by a formula good to 10⁻⁷ (Abramowitz and Stegun 7.1.26)."""
    x = np.abs(rows) / np.float32(np.sqrt(2))
    t = 1 / (1 + np.float32(0.3275911) * x)
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    error = (1 - series * np.exp(-x * x)) * np.sign(rows)
    found: Floats = (rows * 0.5 * (1 + error)).astype(np.float32)
    return found


_TYPES: dict[str, type[np.generic]] = {"F32": np.float32, "F16": np.float16, "I64": np.int64}


def _safetensors(path: Path) -> dict[str, Floats]:
    """The arrays of a safetensors file, mapped from disk where they are in 32 bits."""
    with path.open("rb") as source:
        (size,) = struct.unpack("<Q", source.read(8))
        if size > path.stat().st_size:
            raise ValueError("header beyond the file")
        header: dict[str, Any] = json.loads(source.read(size))
    data: NDArray[np.uint8] = np.memmap(path, np.uint8, "r", offset=8 + size)
    found: dict[str, Floats] = {}
    for name, about in header.items():
        if name != "__metadata__" and about["dtype"] in _TYPES:
            first, last = about["data_offsets"]
            array = np.frombuffer(data[first:last].tobytes(), _TYPES[about["dtype"]]).reshape(about["shape"])
            found[name] = array.astype(np.float32, copy=False)
    return found


class OnnxEncoder:
    """An ONNX export, run by onnxruntime."""

    def __init__(self, folder: Path, model: Path) -> None:
        try:
            onnxruntime, tokenizers = import_module("onnxruntime"), import_module("tokenizers")
        except ImportError as error:
            raise ChanjiaoError("matching.encoder_extra", path=str(folder), name=error.name) from None
        self._pooling = _pooling(folder)
        self._session = _read(model, lambda path: onnxruntime.InferenceSession(str(path), providers=[PROVIDER]))
        self._tokenizer = _read(folder / "tokenizer.json", lambda path: tokenizers.Tokenizer.from_file(str(path)))
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.enable_padding()
        self._inputs = {one.name for one in self._session.get_inputs()}

    def encode(self, texts: Sequence[str]) -> Floats:
        """One unit row a text."""
        rows = [self._batch(list(texts[first : first + BATCH])) for first in range(0, len(texts), BATCH)]
        return np.concatenate(rows) if rows else np.zeros((0, 0), np.float32)

    def _batch(self, texts: list[str]) -> Floats:
        read = self._tokenizer.encode_batch(texts)
        mask = np.array([one.attention_mask for one in read], np.int64)
        given = {"input_ids": np.array([one.ids for one in read], np.int64), "attention_mask": mask}
        given["token_type_ids"] = np.zeros_like(mask)
        hidden = self._session.run(None, {name: value for name, value in given.items() if name in self._inputs})[0]
        rows = unit_rows(hidden) if hidden.ndim == 2 else _pooled(hidden, mask.astype(np.float32), self._pooling)
        said = [any(1 - mark for mark in one.special_tokens_mask) for one in read]
        return rows * np.array(said, np.float32)[:, None]
