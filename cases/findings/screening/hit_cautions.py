"""Cautions about hits: each hit belongs to the verdict of its list, and a named party is warned of once.

Of hits that a person judged not to be the same nothing is said any more; of those confirmed as loudly as before.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cases.findings.screening.chapter import Disposition, Screening
from cases.findings.screening.hit import Hit, hit_words
from cases.findings.screening.hit_counts import HitCount
from cases.findings.vocabulary.caution import Caution
from cases.findings.vocabulary.wording import Words

RESULTS = "sanction.sanctionResults"
LONGEST_NAME = 80  # characters of a name in a sentence
MOST_HITS = 5  # named in a sentence


@dataclass(frozen=True, slots=True)
class _Lists:
    """Lists of one verdict: the codes and the sentences of their hits."""

    likely_code: str
    open_code: str
    confirmed_code: str
    likely: tuple[Words, Words]  # one, several
    confirmed: tuple[Words, Words]


OPEN_HITS: tuple[Words, Words] = (  # one, several
    _("%(hits)s is to be judged: %(name)s, %(words)s."),
    _("%(hits)s are to be judged; the first in order is %(name)s, %(words)s."),
)
SANCTIONS = _Lists(
    "likely_hit",
    "possible_hits",
    "confirmed_hit",
    (
        _("Likely sanctions hit: %(hits)s, is the same in %(lines)s as %(party)s (%(what)s)."),
        _("Likely sanctions hits, the same in %(lines)s as %(party)s (%(what)s): %(hits)s."),
    ),
    (
        _("Judged to be the same: %(hits)s. Do not tell the customer."),
        _("Judged to be the same, %(n)d hits: %(hits)s. Do not tell the customer."),
    ),
)
PEP = _Lists(
    "likely_pep_hit",
    "pep_hits",
    "confirmed_pep_hit",
    (
        _("Likely PEP hit: %(hits)s, is the same in %(lines)s as %(party)s (%(what)s)."),
        _("Likely PEP hits, the same in %(lines)s as %(party)s (%(what)s): %(hits)s."),
    ),
    (
        _("Judged to be the same: %(hits)s."),
        _("Judged to be the same, %(n)d hits: %(hits)s."),
    ),
)
CODES = tuple(
    code for lists in (SANCTIONS, PEP) for code in (lists.confirmed_code, lists.likely_code, lists.open_code)
)


def cautions(chapter: Screening) -> Iterator[Caution]:
    """Warn of hits that are confirmed, of likely hits, once for each named party, and of all that are to be judged."""
    for hits, lists in ((chapter.sanctions_hits, SANCTIONS), (chapter.pep_hits, PEP)):
        by: dict[Disposition, list[Hit]] = {disposition: [] for disposition in Disposition}
        for hit in hits:
            by[chapter.disposition(hit)].append(hit)
        yield from _of_confirmed(by[Disposition.CONFIRMED], lists)
        yield from _of_open(by[Disposition.OPEN], lists)


def _of_confirmed(hits: list[Hit], lists: _Lists) -> Iterator[Caution]:
    if hits:
        values = {"hits": _named(hits), "n": len(hits)}
        yield Caution(lists.confirmed_code, lists.confirmed[min(len(hits), 2) - 1] % values, hits[0].place)


def _of_open(hits: list[Hit], lists: _Lists) -> Iterator[Caution]:
    if not hits:
        return
    count = HitCount.of(hits)
    of_party: dict[tuple[str, ...], list[Hit]] = {}
    for hit in hits:
        if hit.is_same and hit.comparison and hit.comparison.party:
            of_party.setdefault(hit.comparison.party.places, []).append(hit)
    for likely in of_party.values():
        yield Caution(lists.likely_code, _sentence(likely, lists), likely[0].place, count.of_one_verdict)
    values = {"hits": count.each, "name": _short(hits[0].name), "words": hit_words(hits[0])}
    yield Caution(lists.open_code, OPEN_HITS[min(len(hits), 2) - 1] % values, RESULTS, count.of_one_verdict)


def _sentence(likely: list[Hit], lists: _Lists) -> Words:
    """Name the hits that are like a named party, the attributes in which all of them are, and the party."""
    beside = [hit.comparison for hit in likely if hit.comparison]
    party = beside[0].party
    in_all = [
        line.label
        for line in beside[0].same
        if all(comparison.verdicts[line.attribute] == line.verdict for comparison in beside)
    ]
    text = lists.likely[min(len(likely), 2) - 1]
    return text % {
        "hits": _named(likely),
        "lines": ", ".join(str(label).lower() for label in in_all),
        "party": _short(party.name if party else None),
        "what": ", ".join(str(role) for role in party.what) if party else "",
    }


def _named(hits: list[Hit]) -> str:
    names = "; ".join(f"{_short(hit.name)}, {hit_words(hit)}" for hit in hits[:MOST_HITS])
    more = len(hits) - MOST_HITS
    return str(_("%(hits)s; and %(n)d more") % {"hits": names, "n": more}) if more > 0 else names


def _short(name: str | None) -> str:
    return (name or str(_("without a name")))[:LONGEST_NAME]
