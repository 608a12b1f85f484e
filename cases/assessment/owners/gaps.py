"""What keeps a reckoning from being whole, or from being made at all."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cases.assessment.owners import positions
from cases.assessment.owners.doubts import Doubts
from cases.assessment.owners.people import Somebody
from cases.assessment.owners.stated import is_unstated
from cases.findings.result import Result
from cases.findings.vocabulary.formats import percent_words
from cases.findings.vocabulary.presence import Nothing, did_come
from cases.findings.vocabulary.wording import Words


def not_known_because(result: Result) -> Words:
    """Say why the owners did not come; '' if at least one of their lists did."""
    lists = (result.ownership.shareholders_nothing, result.ownership.beneficials_nothing)
    if any(map(did_come, lists)):
        return ""
    return _("The owners did not come: %(why)s.") % {"why": _why(lists[0])}


def came_whole(result: Result, doubted: Doubts) -> bool:
    """Did both lists of owners come, and can all of them be relied upon?"""
    owned = result.ownership
    return did_come(owned.shareholders_nothing) and did_come(owned.beneficials_nothing) and doubted.is_sound


def is_all_known(result: Result, doubted: Doubts) -> bool:
    """Did the owners come whole, and is every share explained?"""
    return came_whole(result, doubted) and result.ownership.unexplained == 0


def unstated(found: Iterable[Somebody]) -> int:
    """How many who may be persons are shareholders without a share that is stated."""
    parties = (somebody.party for somebody in found if somebody.party)
    return sum(any(map(is_unstated, party.shares)) for party in parties)


def incomplete_because(
    result: Result, doubted: Doubts, found: Iterable[Somebody], is_foundation: bool
) -> Iterator[Words]:
    """Say what may hide further candidates."""
    yield from _of_lists(result, doubted)
    yield from _of_shares(result, found)
    if not positions.is_form_known(result):
        yield _(
            "The legal form is not known: whether board and chief executive count by it is not known either."
        )
    if is_foundation and not did_come(result.roles.nothing):
        yield _("The roles of the foundation did not come: %(why)s.") % {"why": _why(result.roles.nothing)}


def _of_lists(result: Result, doubted: Doubts) -> Iterator[Words]:
    owned = result.ownership
    if not did_come(owned.beneficials_nothing):
        yield _("The beneficial owners did not come: %(why)s.") % {"why": _why(owned.beneficials_nothing)}
    if not did_come(owned.shareholders_nothing):
        yield _("The shareholders did not come: %(why)s.") % {"why": _why(owned.shareholders_nothing)}
    if not doubted.is_sound and result.came:
        yield _("The owners came cut, in several versions, or in a form that is not read.")


def _of_shares(result: Result, found: Iterable[Somebody]) -> Iterator[Words]:
    owned = result.ownership
    if owned.shareholders and owned.unexplained > 0:
        share = percent_words(owned.unexplained)
        yield _("%(share)s of the shares is not explained.") % {"share": share}
    if count := unstated(found):
        text = ngettext_lazy(
            "The share of %(count)d shareholder who may be a person is not stated.",
            "The shares of %(count)d shareholders who may be persons are not stated.",
            "count",
        )
        yield text % {"count": count}


def _why(nothing: Nothing | None) -> Words:
    return str(nothing.words).rstrip(".") if nothing else ""
