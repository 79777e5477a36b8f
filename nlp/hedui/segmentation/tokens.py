"""Chinese words: spaCy's Chinese pipeline with jieba, whose user dictionary is the lexicon.

jieba's own start writes a cache into the shared temporary folder and trusts what it finds there; this one does neither.
"""

from functools import cache, lru_cache
from typing import TYPE_CHECKING

import jieba
from spacy.lang.zh import Chinese, ChineseTokenizer, Segmenter

from hedui import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc

WEIGHT = 3000  # of a lexicon word in jieba's counts: more than any way of cutting it in two


class _Jieba(jieba.Tokenizer):  # type: ignore[misc]
    """jieba with its dictionary read once and kept in memory only."""

    initialized: bool

    def initialize(self, dictionary: str | None = None) -> None:
        if not self.initialized:
            with self.get_dict_file() as file:
                self.FREQ, self.total = _dictionary(file.read().decode())
            for word, entry in lexicon.words().items():
                if not entry.word and len(word) <= LONGEST:
                    self._learn(word)
            self.initialized = True

    def _learn(self, word: str) -> None:
        self.total += WEIGHT - self.FREQ.get(word, 0)
        self.FREQ[word] = WEIGHT
        for i in range(1, len(word)):
            self.FREQ.setdefault(word[:i], 0)


def _dictionary(lines: str) -> tuple[dict[str, int], int]:
    """jieba's dictionary as its own `gen_pfdict` makes it, in two passes, which is a third faster."""
    counts: dict[str, int] = {}
    for line in lines.splitlines():
        word, count, _ = line.split(" ", 2)
        counts[word] = int(count)
    total = sum(counts.values())
    for word in list(counts):
        for i in range(1, len(word)):
            counts.setdefault(word[:i], 0)
    return counts, total


MAXIMUM = 10**9  # characters: spaCy's own limit is for parsers, and there is none here
LONGEST = 12  # characters: longer names are phrases, which jieba may cut as it likes


@cache
def pipeline() -> Chinese:
    """A blank Chinese pipeline whose tokenizer is jieba with the lexicon."""
    nlp = Chinese(max_length=MAXIMUM)
    tokenizer = nlp.tokenizer
    assert isinstance(tokenizer, ChineseTokenizer)
    segmenter = _Jieba()
    segmenter.initialize()
    tokenizer.segmenter = Segmenter.jieba
    tokenizer.jieba_seg = segmenter
    return nlp


def tokens(text: str) -> "Doc":
    """The words of a sentence as a spaCy Doc."""
    return pipeline().make_doc(text)


@lru_cache(maxsize=10_000)
def boundaries(text: str) -> frozenset[tuple[int, int]]:
    """Where the words of a stretch of text begin and end. Disclosures repeat their clauses, so it remembers."""
    return frozenset((t.idx, t.idx + len(t)) for t in tokens(text))
