"""Make ``data/language/grams.tsv``: letter sequences, and how much each speaks for a language.

The source is the model of py3langid 0.4 (BSD-3-Clause, a development dependency, locked by hash):
142 languages, 100,053 byte sequences. Loading it while serving would cost 0.85 s, 52 MB that stay,
a peak of 105 MB, and a temporary file. We keep the six languages in Latin letters that this service
must tell apart, and of the sequences the ``KEEP`` that separate them best: 0.3 MB of readable text.
"""

from collections import deque
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import py3langid.langid as teacher  # type: ignore[import-untyped]

LANGUAGES = ("fi", "sv", "en", "se", "et", "so")
KEEP = 14_000
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzåäöüõáčđŋšŧž' ")


def _spelled(model: teacher.LanguageIdentifier) -> Iterator[tuple[int, bytes]]:
    """Each feature of the model with a byte sequence that leads to it.

    The model is an automaton; the shortest way to a state spells the sequence that it stands for.
    """
    moves = np.asarray(model.tk_nextmove).reshape(-1, 256)
    spelled = {0: b""}
    queue = deque([0])
    while queue:
        state = queue.popleft()
        if model.tk_output[state] >= 0:
            yield model.tk_output[state], spelled[state]
        for byte, reached in enumerate(moves[model.tk_row[state]].tolist()):
            if reached not in spelled:
                spelled[reached] = spelled[state] + bytes([byte])
                queue.append(reached)


def grams() -> str:
    """The table as text: one line a sequence ("_" for a space), then a whole number for each of
    ``LANGUAGES``: tenths of a natural logarithm, above or below their mean."""
    model = teacher.LanguageIdentifier.from_model_file(teacher.MODEL_FILE)
    columns = [model.nb_classes.index(language) for language in LANGUAGES]
    weights = model.nb_ptc[:, columns].astype(np.float64)
    centred = weights - weights.mean(axis=1, keepdims=True)
    spread = weights.max(axis=1) - weights.min(axis=1)
    found: dict[str, tuple[float, int]] = {}
    for feature, sequence in _spelled(model):
        gram = sequence.decode("utf-8", errors="replace")
        if 2 <= len(gram) <= 6 and set(gram) <= LETTERS and gram.strip():
            # How common it is counts as well as how well it separates: rare ones are seldom met.
            worth = spread[feature] * np.exp(weights[feature].max() / 4)
            found.setdefault(gram, (float(worth), feature))
    best = sorted(found, key=lambda gram: (-found[gram][0], gram))[:KEEP]
    lines = ["\t".join(("gram", *LANGUAGES))]
    for gram in sorted(best):
        tenths = (f"{value:.0f}" for value in np.round(centred[found[gram][1]] * 10) + 0.0)
        lines.append("\t".join((gram.replace(" ", "_"), *tenths)))
    return "\n".join(lines) + "\n"


def write(folder: Path) -> None:
    """Write the table into ``folder`` (``knowledge/data/language``)."""
    (folder / "grams.tsv").write_text(grams(), encoding="utf-8")
