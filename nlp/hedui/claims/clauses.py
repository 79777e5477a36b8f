"""Where a clause begins, and what its words say."""

from collections.abc import Sequence

from hedui.claims.lexing import Token

BOUNDARY = {"comma", "semicolon", "stop", "open", "close", "list"}


def clause_start(tokens: Sequence[Token], i: int) -> int:
    """The first token of the clause that token `i` stands in; another figure ends a clause too."""
    start = i
    while start:
        before = tokens[start - 1]
        if before.type in BOUNDARY or (before.figure and before.text[:1].isdigit()):
            break
        if before.type == "colon" and (start < 2 or not _names(tokens[start - 2])):
            break
        start -= 1
    return start


def words_of(tokens: Sequence[Token]) -> str:
    """What tokens say, without the mark that parts them from the one before."""
    return "".join(t.text for t in (tokens[1:] if tokens and tokens[0].type == "pause" else tokens))


def _names(token: Token) -> bool:
    """Whether a word before a colon may be what the figure behind it is of."""
    flow = token.entry is not None and bool(token.entry.metrics)
    return token.type in ("subject", "item", "activity") or flow
