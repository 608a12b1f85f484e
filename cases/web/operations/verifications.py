"""When trail, rows and files were last verified, and what was found."""

from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from cases.findings.vocabulary import durations
from cases.models import User, Verification, VerificationKind
from cases.models.people.permissions import Perm
from cases.presentation.styles import Colour

MOST_LISTED = 20


@dataclass(frozen=True)
class LastRun:
    """The last run of one kind that came to its end; `run` is None if none did."""

    kind: VerificationKind
    run: Verification | None

    @property
    def title(self) -> str:
        return str(self.kind.label)

    @property
    def colour(self) -> str:
        if self.run is None or (self.run.is_overdue and not self.run.problems):
            return Colour.WARNING
        return Colour.DANGER if self.run.problems else Colour.SUCCESS

    @property
    def verdict(self) -> str:
        if self.run is None:
            return gettext("never verified")
        if self.run.problems:
            found = ngettext("%(n)d place does not hold", "%(n)d places do not hold", self.run.problems)
            return found % {"n": self.run.problems}
        return gettext("overdue") if self.run.is_overdue else gettext("everything holds")

    @property
    def extent(self) -> str:
        if self.run is None:
            return ""
        extent = self.run.extent
        words = {
            VerificationKind.AUDIT: ngettext("%(n)d case", "%(n)d cases", extent),
            VerificationKind.EVIDENCE: ngettext("%(n)d file", "%(n)d files", extent),
            VerificationKind.SEALED: ngettext("%(n)d note", "%(n)d notes", extent),
        }
        return words[self.kind] % {"n": extent}

    @property
    def took(self) -> str:
        return durations.took(self.run.seconds) if self.run else ""

    @property
    def lines(self) -> list[str]:
        """The first of what was found, as the command said it; it names cases."""
        return self.run.lines[:MOST_LISTED] if self.run else []


def last_runs(reader: User) -> list[LastRun]:
    """The last run of every kind that this person may know of."""
    sees_suspicion = reader.has_perm(Perm.SEE_SUSPICION)
    kinds = [kind for kind in VerificationKind if sees_suspicion or kind != VerificationKind.SEALED]
    return [LastRun(kind, Verification.last(kind)) for kind in kinds]
