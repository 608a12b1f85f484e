"""A capture that was ordered for reports alone. Its result, which always comes, holds key information and no more.

So it takes no place of an earlier result: owners and hits that are known would read as not ordered.
"""

from collections.abc import Iterable

from cases.models import AmlSession, Artefact, ArtefactKind
from cases.workflows import provider


def is_supplement(session: AmlSession) -> bool:
    """Whether it asks for reports, and for no element of the result."""
    contract = provider.contract()
    implied = {word for kind in contract.kinds if kind.report for word in kind.implied_by}
    asks_reports = len(contract.asked_kinds(tuple(session.reports), tuple(session.expands))) > 1
    return asks_reports and implied.issuperset(session.expands)


def is_beside(artefact: Artefact) -> bool:
    """Whether this result stands beside an earlier one that was asked for more, instead of in its place."""
    if not is_supplement(artefact.session):
        return False
    earlier = Artefact.objects.captured().filter(
        kind=ArtefactKind.JSON,
        session__case=artefact.session.case_id,
        session__number__lt=artefact.session.number,
    )
    return any(not is_supplement(each.session) for each in earlier.select_related("session"))


def to_read_first(sessions: Iterable[AmlSession]) -> list[AmlSession]:
    """The same sessions in their order, those that were ordered for reports alone after all others."""
    return sorted(sessions, key=is_supplement)
