"""Every vector of a generation in one file beside its Chroma store, to be ranked exactly without reading them all.

Chroma filters a hundred thousand snippets by payer in ten milliseconds and walks its graph in ninety; the product with
one payer's few vectors takes microseconds. The file is mapped, so that only the pages asked for are in memory.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.embedder import Vectors

_VECTORS, _IDS = "vectors.npy", "ids.json"


def write_vectors(folder: Path, ids: Sequence[str], vectors: Vectors) -> None:
    """Write the vectors and the ids of their rows."""
    np.save(folder / _VECTORS, vectors)
    (folder / _IDS).write_text(json.dumps(list(ids)), "utf-8")


class VectorFile:
    """The vectors of one generation, by snippet id."""

    def __init__(self, folder: Path) -> None:
        self.ids: list[str] = json.loads((folder / _IDS).read_text("utf-8"))
        self._rows = {key: row for row, key in enumerate(self.ids)}
        # A file of no rows cannot be mapped.
        self._matrix: Vectors = np.asarray(np.load(folder / _VECTORS, mmap_mode="r" if self.ids else None))

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, key: str) -> Vectors:
        vector: Vectors = self._matrix[self._rows[key]]
        return vector

    def nearest(self, vector: Vectors, limit: int, among: Sequence[str] | None = None) -> list[tuple[str, float]]:
        """The ids with the highest cosines, exactly; only those of `among` that are here, where it is given."""
        if among is None:
            cosines = self._matrix @ vector
            return [(self.ids[row], float(cosines[row])) for row in best(cosines, limit)]
        rows = [self._rows[key] for key in among if key in self._rows]
        cosines = self._matrix[rows] @ vector
        return [(self.ids[rows[place]], float(cosines[place])) for place in best(cosines, limit)]


def best(scores: Vectors, limit: int) -> NDArray[np.intp]:
    """The places of the highest scores, the earlier first between equals: a stable sort of no more than it must."""
    if len(scores) <= limit:
        return np.argsort(-scores, kind="stable")
    least = np.partition(scores, len(scores) - limit)[len(scores) - limit]
    places = np.flatnonzero(scores >= least)
    return places[np.argsort(-scores[places], kind="stable")][:limit]
