"""What may be misread in the chapter `sanction`."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from cases.findings.coverage.near_names import named
from cases.findings.screening import hit_cautions
from cases.findings.screening.chapter import Screening
from cases.findings.screening.hit_cautions import RESULTS
from cases.findings.vocabulary.caution import Caution
from cases.findings.vocabulary.presence import Kind, Nothing
from cases.findings.vocabulary.sections import SCREENING
from cases.findings.vocabulary.wording import Words
from cases.provider.result.scalars import NOT_SINGLE
from cases.provider.result.wire import SanctionStatus

LONGEST_MESSAGE = 300  # characters of a message in a sentence


def cautions(chapter: Screening) -> Iterator[Caution]:
    """Warn of everything in the chapter that may be misread."""
    yield from _of_not_read(chapter.not_read)
    if not chapter.came:
        yield from _of_absence(chapter.nothing)
        return
    yield from hit_cautions.cautions(chapter)
    yield from _of_status(chapter)
    if chapter.unread:
        text = _("A hit came in a form that cannot be read; see ‘As it came’.")
        yield Caution("hit_not_read", text, RESULTS)
    yield from _of_message(chapter)
    yield from _of_lists(chapter)
    whom = _(
        "The provider does not tell whom it searched: whether owners and role holders were, is not known."
    )
    yield Caution("searched_parties_not_told", whom, SCREENING)


def _of_absence(nothing: Nothing | None) -> Iterator[Caution]:
    kind = nothing.kind if nothing else None
    if kind is Kind.NOT_REQUESTED:
        text = _(
            "Nobody was screened: sanctions lists were not ordered with this capture, so ‘no hits’ cannot be said."
        )
        yield Caution("screening_not_requested", text, SCREENING)
    elif kind is Kind.NUMBER_UNKNOWN:
        text = _("Nobody was screened: no order was taken under this number.")
        yield Caution("screening_not_possible", text, SCREENING)
    elif kind is Kind.ORDER_REFUSED:
        text = _("Nobody was screened: the provider refused the order.")
        yield Caution("screening_not_possible", text, SCREENING)
    elif nothing and kind in {Kind.NOT_CONFIRMED, Kind.STOPPED}:
        unclear = _("It is not known whether anybody was screened: %(nothing)s.")
        yield Caution(
            "screening_not_confirmed", unclear % {"nothing": nothing.words}, SCREENING, nothing.words
        )
    elif nothing and kind in {Kind.FAILED, Kind.EXPIRED}:
        text = _(
            "The screening was ordered, and there is no outcome to go by: nobody is known to have been screened."
        )
        yield Caution("screening_not_delivered", text, SCREENING)


def _of_status(chapter: Screening) -> Iterator[Caution]:
    status, place = chapter.said, f"{SCREENING}.status"
    if chapter.hits and status == SanctionStatus.NONE:
        yield Caution(
            "hits_despite_none", _("The provider says ‘no hits’ and lists hits all the same."), place
        )
    if status == SanctionStatus.SANCTION and not chapter.hits and not chapter.unread:
        yield Caution("no_hits_despite_sanction", _("The provider reports hits but lists none."), place)
    if status == SanctionStatus.UNKNOWN:
        text = _("The screening failed: the provider could not tell whether there is a hit.")
        yield Caution("screening_unknown", text, place)
    elif chapter.status and chapter.status.raw is NOT_SINGLE:
        if not chapter.contradictions:
            text = _("How the screening ended came in a form that cannot be read; see ‘As it came’.")
            yield Caution("screening_word_unknown", text, place)
    elif chapter.status and chapter.said and chapter.status.words is None:
        text = _("The screening ended with a word this portal does not know: “%(word)s”.")
        yield Caution("screening_word_unknown", text % {"word": chapter.status.raw}, place)
    elif chapter.is_empty:
        text = _(
            "The screening came empty. By the provider’s documentation that means ‘searched, nothing found’; no "
            "outcome is told in words, so ‘no hits’ cannot be said."
        )
        yield Caution("screening_empty", text, SCREENING)
    elif not chapter.said and not chapter.sanctions_hits:
        text = _("The result does not say how the screening ended, so ‘no hits’ cannot be said.")
        yield Caution("screening_status_not_told", text, place)


def _of_not_read(places: tuple[str, ...]) -> Iterator[Caution]:
    if places:
        text = _(
            "Parts of the screening were not read, for this portal does not know their names or their form: %(names)s. "
            "They may hold hits; see ‘As it came’."
        )
        yield Caution("screening_not_all_read", text % {"names": named(places)}, SCREENING)


def _of_message(chapter: Screening) -> Iterator[Caution]:
    """Warn of a message that a screening without a hit does not carry; beside a failure it is no caution."""
    place = f"{SCREENING}.message"
    is_failure = bool(chapter.status) and chapter.said not in (SanctionStatus.NONE, SanctionStatus.SANCTION)
    if chapter.is_message_expected or is_failure or place in chapter.contradictions:
        return
    if chapter.message is NOT_SINGLE:
        text: Words = _("The provider adds a message in a form that cannot be read; see ‘As it came’.")
    else:
        text = _("The provider adds: “%(message)s”.") % {"message": (chapter.message or "")[:LONGEST_MESSAGE]}
    yield Caution("screening_message", text, place)


def _of_lists(chapter: Screening) -> Iterator[Caution]:
    place = f"{SCREENING}.metadata.sources"
    if not chapter.lists:
        text = _("The provider does not name the lists it searched.")
        yield Caution("lists_not_named", text, place)
    if chapter.ofac:
        known = chapter.ofac_searched is False
        yield Caution("ofac_not_searched" if known else "ofac_not_stated", chapter.ofac, place)
    if not chapter.pep_lists:
        text = _(
            "The provider names no list of politically exposed persons: nobody is known to have been searched."
        )
        yield Caution("no_pep_list", text, place)
