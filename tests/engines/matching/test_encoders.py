"""An encoder folder joins as a channel; a broken one is refused with its reason."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.matching.encoders import load_encoder
from chanjiao.engines.matching.rank import Ranking, Text

PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "weld", "##er", "join", "metal", "account", "##ant"]
WIDTH, INNER = 8, 16


def _tiny_bert(folder: Path) -> Path:
    """A BERT of one layer with seeded weights, in the form of sentence-transformers."""
    random = np.random.default_rng(1)
    shapes = {
        "embeddings.word_embeddings.weight": (len(PIECES), WIDTH),
        "embeddings.position_embeddings.weight": (128, WIDTH),
        "embeddings.token_type_embeddings.weight": (2, WIDTH),
        "embeddings.LayerNorm.weight": (WIDTH,),
        "embeddings.LayerNorm.bias": (WIDTH,),
    }
    layer = "encoder.layer.0."
    for name in ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"):
        shapes |= {f"{layer}{name}.weight": (WIDTH, WIDTH), f"{layer}{name}.bias": (WIDTH,)}
    shapes |= {f"{layer}intermediate.dense.weight": (INNER, WIDTH), f"{layer}intermediate.dense.bias": (INNER,)}
    shapes |= {f"{layer}output.dense.weight": (WIDTH, INNER), f"{layer}output.dense.bias": (WIDTH,)}
    for name in ("attention.output", "output"):
        shapes |= {f"{layer}{name}.LayerNorm.weight": (WIDTH,), f"{layer}{name}.LayerNorm.bias": (WIDTH,)}
    header: dict[str, object] = {}
    body = b""
    for name, shape in shapes.items():
        part = random.normal(size=shape).astype(np.float32).tobytes()
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [len(body), len(body) + len(part)]}
        body += part
    text = json.dumps(header).encode()
    folder.mkdir()
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + body)
    config = {"model_type": "bert", "num_attention_heads": 2, "num_hidden_layers": 1, "layer_norm_eps": 1e-12}
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "vocab.txt").write_text("\n".join(PIECES))
    return folder


def test_vectors_have_length_one_and_do_not_depend_on_the_batch(tmp_path: Path) -> None:
    encoder = load_encoder(_tiny_bert(tmp_path / "model"))

    alone = encoder.encode(["welder"])
    together = encoder.encode(["welder", "", "join metal join metal accountant"])

    assert np.allclose(np.linalg.norm(alone, axis=1), 1, atol=1e-5)
    assert np.allclose(alone[0], together[0], atol=1e-5)
    assert not together[1].any()


def test_an_encoder_adds_a_factor_and_the_factors_still_add_up(tmp_path: Path) -> None:
    encoder = load_encoder(_tiny_bert(tmp_path / "model"))

    found = Ranking([Text("a", "welder"), Text("b", "accountant")], encoder=encoder).rank(
        Text("q", "join metal welder"), 2
    )

    assert "encoder" in {factor.code for factor in found[0].factors}
    assert sum(factor.value for factor in found[0].factors) == pytest.approx(found[0].score)


def _cut(folder: Path, name: str) -> None:
    (folder / name).write_bytes((folder / name).read_bytes()[:700])


def _set(folder: Path, name: str, **changed: object) -> None:
    found = json.loads((folder / name).read_text()) if (folder / name).is_file() else {}
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(json.dumps(found | changed))


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "no folder": (lambda folder: folder.rename(folder.with_name("elsewhere")), "missing"),
    "no model": (lambda folder: (folder / "model.safetensors").unlink(), "empty"),
    "no vocabulary": (lambda folder: (folder / "vocab.txt").unlink(), "incomplete"),
    "model cut off": (lambda folder: _cut(folder, "model.safetensors"), "damaged"),
    "settings no JSON": (lambda folder: (folder / "config.json").write_text("{"), "damaged"),
    "settings a list": (lambda folder: (folder / "config.json").write_text("[]"), "damaged"),
    "vocabulary no text": (lambda folder: (folder / "vocab.txt").write_bytes(b"\xad\xff"), "damaged"),
    "vocabulary of another": (lambda folder: (folder / "vocab.txt").write_text("\n".join([*PIECES, "x"])), "unfit"),
    "more layers": (lambda folder: _set(folder, "config.json", num_hidden_layers=2), "unfit"),
    "another family": (lambda folder: _set(folder, "config.json", model_type="t5"), "kind"),
    "another pooling": (lambda folder: _set(folder, "1_Pooling/config.json", pooling_mode_max_tokens=True), "kind"),
    "a layer on top": (lambda folder: (folder / "modules.json").write_text('[{"type": "models.Dense"}]'), "kind"),
    "junk as ONNX": (
        lambda folder: (folder / "model.safetensors").rename(folder / "model.onnx"),
        "damaged" if find_spec("onnxruntime") else "extra",
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_folder_is_refused_with_its_reason(tmp_path: Path, damage: str) -> None:
    folder, (hurt, code) = _tiny_bert(tmp_path / "model"), DAMAGES[damage]
    hurt(folder)

    with pytest.raises(ChanjiaoError) as refused:
        load_encoder(folder)

    assert refused.value.code == f"matching.encoder_{code}"
    assert refused.value.params["path"] == str(folder)


def test_vectors_are_pooled_as_the_folder_says(tmp_path: Path) -> None:
    folder = _tiny_bert(tmp_path / "model")
    by_mean = load_encoder(folder).encode(["welder"])
    _set(folder, "1_Pooling/config.json", pooling_mode_mean_tokens=True, include_prompt=True)
    said = load_encoder(folder).encode(["welder"])
    _set(folder, "1_Pooling/config.json", pooling_mode_mean_tokens=False, pooling_mode_cls_token=True)

    by_first = load_encoder(folder).encode(["welder"])

    assert np.array_equal(by_mean, said)
    assert not np.allclose(by_mean, by_first, atol=0.01)


def test_a_share_given_for_the_encoder_is_what_it_counts(tmp_path: Path) -> None:
    encoder = load_encoder(_tiny_bert(tmp_path / "model"))
    ranking = Ranking([Text("a", "welder")], encoder=encoder, encoder_share=0.25)

    found = ranking.rank(Text("q", "welder"), 1)[0]

    assert {factor.code: factor.weight for factor in found.factors}["encoder"] == pytest.approx(0.25)
    assert sum(factor.weight for factor in found.factors) == pytest.approx(1.0)


@pytest.mark.parametrize("texts", [("焊工", "会计"), ("ソフトウェア開発者", "営業アシスタント"), ("용접공", "회계사")])
def test_an_encoder_is_silent_in_scripts_that_few_read_unless_it_is_given_a_share(
    tmp_path: Path, texts: tuple[str, str]
) -> None:
    encoder = load_encoder(_tiny_bert(tmp_path / "model"))
    candidates, query = [Text(text, text) for text in texts], Text("q", texts[0])

    plain, silent = Ranking(candidates).scores(query), Ranking(candidates, encoder=encoder).scores(query)
    given = Ranking(candidates, encoder=encoder, encoder_share=0.5).scores(query)

    assert silent.tolist() == plain.tolist()
    assert given.tolist() != plain.tolist()


def test_an_encoder_reads_a_long_text_whole_by_its_head_and_by_its_body(tmp_path: Path) -> None:
    encoder = load_encoder(_tiny_bert(tmp_path / "model"))
    long = "welder\njoin metal, join metal, join metal, join metal, join metal, join metal."
    views = [encoder.encode([part])[0] for part in (long, *long.split("\n"))]
    asked = encoder.encode(["accountant"])[0]

    found = Ranking([Text("a", long)], encoder=encoder).rank(Text("q", "accountant"), 1)[0]

    shares = (0.48, 0.20, 0.32)
    expected = sum(share * max(0.0, float(view @ asked)) for share, view in zip(shares, views, strict=True)) - 0.6 / 51
    assert {factor.code: factor.strength for factor in found.factors}["encoder"] == pytest.approx(expected, abs=1e-5)


def test_a_candidate_that_an_encoder_finds_like_all_others_counts_less(tmp_path: Path) -> None:
    encoder = load_encoder(_tiny_bert(tmp_path / "model"))
    texts = ["welder", "accountant", "join metal"]
    rows = encoder.encode(texts)
    common = 0.6 * 3 / 53 * rows @ rows.mean(axis=0)

    ranked = Ranking([Text(text, text) for text in texts], encoder=encoder).rank(Text("q", "metal"), 3)

    cosines = dict(zip(texts, rows @ encoder.encode(["metal"])[0] - common, strict=True))
    for found in ranked:
        strengths = {factor.code: factor.strength for factor in found.factors}
        assert strengths.get("encoder", 0.0) == pytest.approx(max(0.0, float(cosines[found.candidate])), abs=1e-5)
