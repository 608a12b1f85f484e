"""One document made of several captures: what an order left out is read from the last capture that ordered it."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cases.findings.coverage.outcomes import tells_of_trouble
from cases.findings.vocabulary.presence import OrderedParts
from cases.findings.vocabulary.sections import SCREENING, SECTIONS
from cases.provider.result.bounds import EVERYTHING_AFTER, Document, concerns
from cases.provider.result.chapter import Chapter
from cases.provider.result.coverage import State, state
from cases.provider.result.nodes import Wire
from cases.provider.result.wire import Financials, KeyInformation, Organization, Ownership, cut_of

# Reports are documents of their own: a result links those that were ordered with it.
LINKS = "links."
# The chapters that are ordered section by section.
PARTED: dict[str, type[Wire]] = {
    "keyInformation": KeyInformation,
    "ownership": Ownership,
    "financials": Financials,
}
NOTHING: tuple[Any, ...] = (None, "", [], {})
MAY_BE_TAKEN_OVER = {State.ABSENT, State.NULL, State.EMPTY}


@dataclass(frozen=True, slots=True)
class Origin:
    """The earlier capture that something comes from: its number in the case, when it came, the hash of its result."""

    number: int
    captured_at: datetime.datetime
    sha256: str


@dataclass(frozen=True, slots=True)
class Part:
    """The result of an earlier capture; `document` is None if there is none that can be used."""

    document: dict[str, Any] | None
    ordered: OrderedParts
    origin: Origin


@dataclass(frozen=True, slots=True)
class Joined:
    """The joined document and what all captures ordered; `origins`, by expand word, of what is from earlier ones.

    `not_renewed`: what a later capture ordered, without a result that can be used, with that one's number.
    """

    document: dict[str, Any]
    ordered: OrderedParts
    origins: tuple[tuple[str, Origin], ...] = ()
    not_renewed: tuple[tuple[str, int], ...] = ()


def further_words(ordered: Iterable[str], known: Iterable[str]) -> list[str]:
    """Name the elements that an order asks for beside those that are known."""
    return [word for word in ordered if word not in {*known} and not word.startswith(LINKS)]


def join(
    document: dict[str, Any],
    ordered: OrderedParts,
    earlier: Sequence[Part],
    not_renewed: Iterable[tuple[str, int]] = (),
) -> Joined:
    """Read each element from the newest capture that ordered it; `earlier` are the ones before, the newest first.

    What came although it was not ordered is newer, and stays. What an earlier capture ordered and did not bring, or
    what cannot be had of it, is 'not delivered': never 'not ordered'. What it holds under names that are not read comes
    with it, for it may say more.
    """
    newest, read, own = document, Organization.read(document), ordered.expands
    scopes, origins = ordered.scopes, []
    for part in earlier:
        further = further_words(part.ordered.expands, ordered.expands)
        ordered = replace(ordered, expands=tuple(dict.fromkeys((*ordered.expands, *part.ordered.expands))))
        taken = [word for word in further if state(newest, read, _place(word)) in MAY_BE_TAKEN_OVER]
        for word in taken:
            document = _taken_over(document, _place(word), part.document or {}, own)
        scopes = part.ordered.scopes if SCREENING in taken else scopes
        origins += [(word, part.origin) for word in taken]
        if taken and part.document:
            document = Document(_with_unread(document, part.document, Organization), cut_of(document))
    told_by_order = {*own, *(word for word, _origin in origins)}
    in_vain = tuple((word, number) for word, number in not_renewed if word in told_by_order)
    return Joined(document, replace(ordered, scopes=scopes), tuple(origins), in_vain)


def _place(word: str) -> str:
    return SECTIONS[word].place if word in SECTIONS else word


def _taken_over(
    document: dict[str, Any], place: str, earlier: dict[str, Any], own: Iterable[str]
) -> dict[str, Any]:
    """Replace a place by what an earlier document has there, be it nothing; `own`: words of the newest order."""
    chapter, _dot, name = place.partition(".")
    kind = PARTED.get(chapter)
    if not name:
        there = {word: value for word, value in earlier.items() if Organization.present_name(word) == chapter}
        found = _without(document, chapter, Organization) | there
    elif kind is not None:
        found = _part_taken_over(_by_parts(document, kind, chapter, own), kind, place, earlier)
    else:
        return document
    cut, left_out = cut_of(document), cut_of(earlier)
    if concerns(left_out, chapter):
        cut[chapter] = left_out.get(chapter, left_out.get(EVERYTHING_AFTER, 0))
    return Document(found, cut)


def _by_parts(document: dict[str, Any], kind: type[Wire], chapter: str, own: Iterable[str]) -> dict[str, Any]:
    """Write an empty node for each ordered part of a chapter that came empty: nothing was found of any of them."""
    here = kind.node(Organization.modern(document).get(chapter))
    if here is None or not all(map(_is_metadata, here)):
        return document
    parts: dict[str, Any] = {word.partition(".")[2]: {} for word in own if word.startswith(f"{chapter}.")}
    return _without(document, chapter, Organization) | {chapter: here | parts}


def _part_taken_over(
    document: dict[str, Any], kind: type[Wire], place: str, earlier: dict[str, Any]
) -> dict[str, Any]:
    chapter, _dot, part = place.partition(".")
    came = Organization.modern(document).get(chapter)
    here = kind.node(came)
    if here is None and came not in NOTHING:
        return document  # in another form than it is read in: that is what is said of it
    there = kind.node(Organization.modern(earlier).get(chapter)) or {}
    taken = {name: value for name, value in there.items() if kind.present_name(name) == part}
    if not taken and state(earlier, Organization.read(earlier), place) is State.EMPTY:
        taken = {part: {}}
    found = _without(here or {}, part, kind) | taken
    if not any(map(_is_metadata, found)):
        found |= {name: value for name, value in there.items() if _is_metadata(name)}
    if kind is not KeyInformation:  # which comes with every capture, whole
        found = _with_unread(found, there, kind)
    others = _without(document, chapter, Organization)
    # A chapter that is empty but for its sources says that nothing was found, of every part.
    return others if all(map(_is_metadata, found)) else others | {chapter: found}


def _without(node: dict[str, Any], present: str, kind: type[Wire]) -> dict[str, Any]:
    """Give the node without the element of the `present` name, by whichever of its names it came."""
    return {name: value for name, value in node.items() if kind.present_name(name) != present}


def _with_unread(here: dict[str, Any], there: dict[str, Any], kind: type[Wire]) -> dict[str, Any]:
    """Add what another node holds under unread names, where this one holds nothing, or tells of no trouble."""
    unread = {name: value for name, value in there.items() if not kind.present_name(name)}
    return here | {name: value for name, value in unread.items() if _tells_more(name, value, here.get(name))}


def _tells_more(name: str, earlier: Any, newer: Any) -> bool:
    if newer in NOTHING:
        return earlier not in NOTHING
    return tells_of_trouble(name, earlier) and not tells_of_trouble(name, newer)


def _is_metadata(name: str) -> bool:
    return Chapter.present_name(name) == "metadata"
