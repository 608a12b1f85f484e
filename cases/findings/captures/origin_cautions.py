"""Cautions about a document whose parts come from several captures."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from cases.findings.captures.joining import Joined, Origin
from cases.findings.vocabulary.caution import Caution
from cases.findings.vocabulary.caution_codes import NOT_RENEWED, topic_of
from cases.findings.vocabulary.sections import SCREENING, SECTIONS, Topic, title_of

PARTIES = [section.word for section in SECTIONS.values() if section.is_of_parties]


def cautions(joined: Joined) -> Iterator[Caution]:
    """Warn of what was ordered anew in vain, and of a screening older than the parties it is read beside."""
    origins = dict(joined.origins)
    yield from of_orders_in_vain(dict(joined.not_renewed), origins.get(SCREENING))
    yield from _of_parties(origins, joined.ordered.expands)


def of_orders_in_vain(not_renewed: Mapping[str, int], screened: Origin | None = None) -> Iterator[Caution]:
    """Warn of what was ordered anew without a usable result: `not_renewed` has capture numbers by expand word.

    `screened` is the earlier capture that the screening is from; None if it is from the one that is read.
    """
    if SCREENING in not_renewed:
        yield _of_screening(not_renewed[SCREENING], screened)
    yield from _of_others({word: number for word, number in not_renewed.items() if word != SCREENING})


def _of_screening(number: int, before: Origin | None) -> Caution:
    if before is None:
        text = _(
            "Sanctions lists were ordered anew with capture %(number)d, and no result came that can be used: what is "
            "shown is of the screening before."
        )
        return Caution("screening_not_renewed", text % {"number": number}, SCREENING)
    text = _(
        "Sanctions lists were ordered anew with capture %(number)d, and no result came that can be used: what is "
        "shown is of the screening before, of capture %(before)d."
    )
    return Caution("screening_not_renewed", text % {"number": number, "before": before.number}, SCREENING)


def _of_others(in_vain: Mapping[str, int]) -> Iterator[Caution]:
    together: dict[tuple[Topic, int], list[str]] = {}
    for word, number in in_vain.items():
        together.setdefault((topic_of(NOT_RENEWED, word), number), []).append(word)
    for (_topic, number), words in together.items():
        text = _(
            "Ordered anew with capture %(number)d, and no result came that can be used: %(chapters)s. What is shown "
            "is from a capture before."
        )
        yield Caution("chapters_not_renewed", text % {"number": number, "chapters": _names(words)}, words[0])


def _of_parties(origins: Mapping[str, Origin], ordered: Iterable[str]) -> Iterator[Caution]:
    screened = origins.get(SCREENING)
    if screened is None:
        return
    of_later = [
        word
        for word in PARTIES
        if word in ordered and (word not in origins or origins[word].number > screened.number)
    ]
    if of_later:
        text = _(
            "The screening is of capture %(number)d, and of a later one are: %(chapters)s. Nobody who is new there is "
            "known to have been screened."
        )
        named = {"number": screened.number, "chapters": _names(of_later)}
        yield Caution("screening_before_parties", text % named, SCREENING)


def _names(words: Iterable[str]) -> str:
    return ", ".join(str(title_of(word)) for word in words)
