"""Who is compared: each contestant is loaded once and then given one document after the other.

A loader returns a function of a document that gives back how much it found (claims, tokens, characters …), so
that nobody is fast by doing nothing. Imports stand inside the loaders: a process loads one contestant, and the
environment of one need not hold the packages of the others.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

Kind = Literal["text", "pdf"]


@dataclass(frozen=True, slots=True)
class Input:
    """A document made ready: its text and sentences, or for a PDF its bytes alone."""

    text: str
    sentences: tuple[str, ...]
    data: bytes


Run = Callable[[Input], int]


@dataclass(frozen=True, slots=True)
class Contestant:
    """A program under the clock, the first of a kind being hedui.

    `finds` names what its number counts, `module` what it imports, `packages` what an environment of its own
    has to hold, because they do not go together with hedui's.
    """

    name: str
    kind: Kind
    finds: str
    module: str
    load: Callable[[], Run]
    packages: tuple[str, ...] = ()


def hedui_check() -> Run:
    """All of hedui over running text: claims, relations, findings."""
    import hedui

    return lambda given: len(hedui.check(text=given.text).claims)


def spacy_sentences() -> Run:
    """The least that a program which reads Chinese words and sentences has to do."""
    import spacy

    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    nlp.add_pipe("sentencizer")
    nlp.max_length = 10**9
    return lambda given: len(nlp(given.text))


def jieba_words() -> Run:
    """Cutting into words alone."""
    import jieba

    jieba.initialize()
    return lambda given: sum(1 for _ in jieba.cut(given.text))


def recognizers() -> Run:
    """Microsoft's recognisers of amounts of money and percentages, sentence by sentence."""
    from recognizers_number import NumberRecognizer
    from recognizers_number_with_unit import NumberWithUnitRecognizer
    from recognizers_text import Culture

    models = (
        NumberWithUnitRecognizer(Culture.Chinese).get_currency_model(),
        NumberRecognizer(Culture.Chinese).get_percentage_model(),
    )
    return lambda given: sum(len(model.parse(s)) for s in given.sentences for model in models)


def amounts() -> Run:
    """One regular expression for numbers with a unit: no reader of figures can be faster."""
    import regex

    pattern = regex.compile(r"\d[\d,]*(?:\.\d+)?\s*(?:[%％]|\p{Han}{1,2})")
    return lambda given: sum(1 for _ in pattern.finditer(given.text))


def hedui_read(engine: str) -> Run:
    """hedui's reader: text in reading order with tables as rows."""
    import hedui

    return lambda given: len(hedui.read(given.data, pdf_engine=engine).text)


def hedui_all(engine: str) -> Run:
    """All of hedui over a PDF: reading, claims, relations, findings."""
    import hedui

    return lambda given: len(hedui.check(hedui.read(given.data, pdf_engine=engine)).claims)


def pdfminer_text() -> Run:
    """pdfminer's text, laid out; hedui reads glyphs with the same library."""
    from io import BytesIO

    from pdfminer.high_level import extract_text

    return lambda given: len(extract_text(BytesIO(given.data)))


def pdfplumber_all() -> Run:
    """Text and tables of every page."""
    from io import BytesIO

    import pdfplumber

    def run(given: Input) -> int:
        found = 0
        with pdfplumber.open(BytesIO(given.data)) as pdf:
            for page in pdf.pages:
                found += len(page.extract_text())
                page.extract_tables()
                page.close()
        return found

    return run


def pdfium_text() -> Run:
    """Text by Chrome's engine, which is written in C++."""
    import pypdfium2

    def run(given: Input) -> int:
        pdf = pypdfium2.PdfDocument(given.data)
        try:
            return sum(len(page.get_textpage().get_text_range()) for page in pdf)
        finally:
            pdf.close()

    return run


CONTESTANTS = (
    Contestant("hedui check", "text", "claims", "hedui", hedui_check),
    Contestant("spaCy zh, jieba, sentencizer", "text", "tokens", "spacy", spacy_sentences),
    Contestant("jieba", "text", "words", "jieba", jieba_words),
    Contestant(
        "recognizers-text",
        "text",
        "amounts",
        "recognizers_text",
        recognizers,
        ("recognizers-text-suite", "emoji<2"),
    ),
    Contestant("regex scan", "text", "amounts", "regex", amounts),
    Contestant("hedui check PDF", "pdf", "claims", "hedui", partial(hedui_all, "pdfminer")),
    Contestant("hedui check PDF, pdfium", "pdf", "claims", "hedui", partial(hedui_all, "pdfium")),
    Contestant("hedui read", "pdf", "characters", "hedui", partial(hedui_read, "pdfminer")),
    Contestant("hedui read, pdfium", "pdf", "characters", "hedui", partial(hedui_read, "pdfium")),
    Contestant("pdfminer extract_text", "pdf", "characters", "pdfminer", pdfminer_text),
    Contestant("pdfplumber text, tables", "pdf", "characters", "pdfplumber", pdfplumber_all),
    Contestant("pypdfium2 text", "pdf", "characters", "pypdfium2", pdfium_text),
)
