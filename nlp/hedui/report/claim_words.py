"""What a claim says, in words: whose figure it is, of which year, what it measures and against what."""

from hedui.lexicon import metrics
from hedui.messages import Language, say
from hedui.model import Claim


def name(claim: Claim, lang: Language) -> str:
    """The classification item with its code, else the metric; with the part of it that is meant."""
    if claim.item:
        code = f"{claim.item.code} " if claim.item.code else ""
        words = code + (claim.item.name or claim.item.printed)
    elif claim.metric == "other":
        words = claim.subject or _metric("other", lang)
    else:
        words = _metric(claim.metric, lang)
    return f"{words}（{claim.part}）" if claim.part else words


def asserted(claim: Claim, lang: Language) -> str:
    """What is said of the quantity: year, basis, comparison, measure, direction, scope."""
    words = [say("report.year", lang, year=claim.year)] if claim.year else []
    if claim.period:
        words.append(claim.period)
    if claim.basis and claim.basis != "other":
        words.append(say(f"basis.{claim.basis}", lang))
    if claim.versus and claim.measure == "share":
        words.append(say("claim.share_of", lang, whole=_metric(claim.versus, lang)))
    else:
        if claim.versus:
            year = f" ({claim.versus_year})" if claim.versus_year else ""
            words.append(say(f"versus.{claim.versus}", lang) + year)
        if claim.measure != "amount":
            words.append(say(f"measure.{claim.measure}", lang))
    if claim.direction:
        words.append(say(f"direction.{claim.direction}", lang))
    if claim.scope in metrics():
        words.append(say("claim.within", lang, whole=_metric(claim.scope, lang)))
    return say("list.dot", lang).join(words)


def printed(claim: Claim) -> str:
    """The figure with its unit."""
    return claim.value + claim.unit


def _metric(key: str, lang: Language) -> str:
    metric = metrics().get(key)
    return key if metric is None else metric.zh if lang == "zh" else metric.en
