"""The hits on people who may be beneficial owners, and what a person must say why of."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from cases.assessment.owners.candidates import Answer, Candidate
from cases.findings.owner_rows import hits_by_name, hits_on
from cases.findings.screening.chapter import Disposition, Screening
from cases.findings.screening.hit import Hit
from cases.findings.vocabulary.wording import Words

SAY_WHY = _("Say why, whichever you choose.")
DIFFER = _("The rule sets differ: one says yes, the other no.")
YES_OR_NOT_KNOWN = _("The rule sets differ: one says yes, by the other it is not known.")
NO_OR_NOT_KNOWN = _("The rule sets differ: one says no, by the other it is not known.")
LISTED_AT_LIMIT = _(
    "A listed person at the threshold: say why, whichever you choose, in a sentence about this person alone."
)
LISTED_NOT_KNOWN = _(
    "A listed person, and whether they reach the threshold is not known: say why, whichever you choose, in a sentence "
    "about this person alone."
)
A_SENTENCE = _("A listed person: say why in a sentence, not in a word.")
NOT_ALONE = _("A listed person: the same words stand at somebody else. Say why of this person alone.")
SHORTEST = 20  # characters of a sentence


@dataclass(frozen=True, slots=True)
class PersonHits:
    """The hits on one person by what became of them; `likely` and `open` wait to be judged.

    `is_known`: does the result say what came of a screening? If not, that there are none tells nothing.
    """

    likely: tuple[Hit, ...] = ()
    open: tuple[Hit, ...] = ()
    confirmed: tuple[Hit, ...] = ()
    cleared: tuple[Hit, ...] = ()
    is_known: bool = False

    @property
    def waiting(self) -> tuple[Hit, ...]:
        """All that wait to be judged, the likely ones first."""
        return (*self.likely, *self.open)

    @property
    def is_listed(self) -> bool:
        """Is one on a sanctions list confirmed, or likely and not judged yet?"""
        return bool(self.likely) or any(not hit.is_of_pep_list for hit in self.confirmed)


NOT_KNOWN = PersonHits()


@dataclass(frozen=True, slots=True)
class WordsNeeded:
    """Why the words of a conclusion on somebody matter, whichever it is.

    `is_grave`: a listed person, who needs words of their own.
    """

    words: Words
    is_grave: bool = False


@dataclass(frozen=True)
class HitsOnPeople:
    """Finds the hits on somebody the result names: those compared with them, and those under one of their names.

    One that is the same as somebody else the result names is not theirs, be the name the same.
    """

    screening: Screening | None

    def on(self, names: Iterable[str], places: Collection[str]) -> PersonHits:
        """Give the hits on whoever has these names, and stands at these places of the result."""
        screening = self.screening
        if screening is None:
            return NOT_KNOWN
        compared = [hit for place in places for hit in self._by_place.get(place, ())]
        named = [hit for hit in hits_on(names, self._by_name) if not _is_of_another(hit, places)]
        found = {hit.fingerprint: hit for hit in (*compared, *named)}.values()
        became = {
            disposition: [hit for hit in found if screening.disposition(hit) is disposition]
            for disposition in Disposition
        }
        waiting = became[Disposition.OPEN]
        return PersonHits(
            likely=tuple(hit for hit in waiting if hit.is_likely),
            open=tuple(hit for hit in waiting if not hit.is_likely),
            confirmed=(*became[Disposition.CONFIRMED],),
            cleared=(*became[Disposition.CLEARED],),
            is_known=screening.is_told,
        )

    @cached_property
    def _by_name(self) -> dict[str, list[Hit]]:
        return dict(hits_by_name(self._hits))

    @cached_property
    def _by_place(self) -> dict[str, list[Hit]]:
        """The hits by each place of the party that they are nearest to."""
        found: defaultdict[str, list[Hit]] = defaultdict(list)
        for hit in self._hits:
            for place in _places_of(hit):
                found[place].append(hit)
        return found

    @property
    def _hits(self) -> Iterable[Hit]:
        return self.screening.hits if self.screening else ()


def words_needed(candidate: Candidate, hits: PersonHits) -> WordsNeeded | None:
    """Say why the words on a candidate matter: the rule sets differ, or a listed person may reach the limit."""
    answers = {reckoned.answer for reckoned in candidate.by_rule_set}
    differ = _differing(answers)
    if hits.is_listed and answers != {Answer.NO}:
        listed = LISTED_AT_LIMIT if Answer.YES in answers else LISTED_NOT_KNOWN
        return WordsNeeded(f"{differ} {listed}" if differ else listed, is_grave=True)
    return WordsNeeded(f"{differ} {SAY_WHY}") if differ else None


def lacking_words(needed: WordsNeeded | None, words: str, of_others: Iterable[str]) -> Words:
    """Say what the words on a listed person lack, beside being there; '' if nothing. `of_others`: sent with them."""
    if needed is None or not needed.is_grave or not words.strip():
        return ""
    plain = _plain(words)
    if len(plain) < SHORTEST:
        return A_SENTENCE
    return NOT_ALONE if plain in map(_plain, of_others) else ""


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def _differing(answers: set[Answer]) -> Words:
    if len(answers) < 2:
        return ""
    if Answer.UNKNOWN not in answers:
        return DIFFER
    return YES_OR_NOT_KNOWN if Answer.YES in answers else NO_OR_NOT_KNOWN


def _places_of(hit: Hit) -> tuple[str, ...]:
    beside = hit.comparison
    return beside.party.places if beside and beside.party else ()


def _is_of_another(hit: Hit, places: Collection[str]) -> bool:
    """Is it the same, by more than the name, as a party that stands at none of these places?"""
    return hit.is_same and {*places}.isdisjoint(_places_of(hit))
