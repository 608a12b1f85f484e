"""The list of hits to judge: each as a line under the party of ours it is nearest to."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.findings.identity.verdict import Verdict
from cases.findings.screening.hit import Hit
from cases.findings.screening.named_parties import NamedParty
from cases.presentation.hit_status import HitStatus, status_of
from cases.presentation.judged_hits import JudgedHit

LINES: tuple[tuple[Verdict, str], ...] = (
    (Verdict.EQUAL, "="),
    (Verdict.NEAR, "≈"),
    (Verdict.DIFFERENT, "≠"),
)


# The lines of a comparison, for where there is little room.
SHORT: dict[str, str | Promise] = {
    "name": _("name"),
    "kind": _("kind"),
    "born": _("born"),
    "country": _("country"),
    "city": _("place"),
    "number": _("number"),
}


class Shown(TextChoices):
    """Which hits the list shows."""

    ALL = "", _("All")
    OPEN = "open", _("Open")
    SECOND = "second", _("Second person")
    JUDGED = "judged", _("Judged")


@dataclass(frozen=True)
class HitLine:
    """One hit in the list: how it stands, and which of its lines are the same, similar, different.

    `screened_by`: the key of the result that the screening is from.
    """

    hit: Hit
    judged: JudgedHit | None
    address: str
    screened_by: int | None = None

    @property
    def status(self) -> HitStatus:
        return status_of(self.hit, self.judged)

    @property
    def is_carried(self) -> bool:
        """Does a judgement stand that was made on an earlier screening?"""
        if self.judged is None or self.status.is_open:
            return False
        return self.judged.judgement.capture_id != self.screened_by

    @property
    def newest(self) -> int:
        """The number of the newest judgement, 0 if there is none."""
        return self.judged.judgement.number if self.judged else 0

    @property
    def icon(self) -> str:
        return "history" if self.is_carried else self.status.icon

    @property
    def lines(self) -> list[tuple[str, str | Promise, str]]:
        """Sign, word and attributes of the lines that are the same, similar and different."""
        beside = self.hit.comparison
        if beside is None:
            return []
        found = [
            (
                sign,
                outcome.words,
                [str(SHORT[line.attribute]) for line in beside.lines if line.verdict is outcome],
            )
            for outcome, sign in LINES
        ]
        return [(sign, words, ", ".join(labels)) for sign, words, labels in found if labels]

    def is_among(self, shown: Shown) -> bool:
        if shown is Shown.OPEN:
            return self.status.is_open and self.status is not HitStatus.SECOND
        if shown is Shown.SECOND:
            return self.status is HitStatus.SECOND
        return shown is Shown.ALL or not self.status.is_open


@dataclass(frozen=True)
class PartyHits:
    """The hits that are nearest to one party of ours; `party` None: to nobody."""

    party: NamedParty | None
    lines: tuple[HitLine, ...]


def party_places(line: HitLine) -> tuple[str, ...]:
    beside = line.hit.comparison
    return beside.party.places if beside and beside.party else ()
