"""A capture that was ordered for reports alone. Its result, which always comes, holds key information and no more.

So it takes no place of an earlier result: owners and hits that are known would read as not ordered.
"""

from collections.abc import Sequence

from cases.documents.reading import result_of
from cases.models import AmlSession
from cases.workflows import provider


def is_supplement(session: AmlSession) -> bool:
    """Whether it asks for reports, and for no element of the result."""
    contract = provider.contract()
    implied = {word for kind in contract.kinds if kind.report for word in kind.implied_by}
    asks_reports = len(contract.asked_kinds(tuple(session.reports), tuple(session.expands))) > 1
    return asks_reports and implied.issuperset(session.expands)


def to_read(newest_first: Sequence[AmlSession]) -> AmlSession | None:
    """The capture of a case that is read: the newest with a result, else the newest. Artefacts come with the sessions.

    One that was ordered for reports alone is read only if there is no other. One whose result cannot be used is read as
    long as it is the newest: neither it nor one before it stands in for what a later order is to bring, which may be by
    another number.
    """
    if not newest_first:
        return None
    newest, by_size = newest_first[0], sorted(newest_first, key=is_supplement)
    found = next((each for each in by_size if (result := result_of(each)) and result.is_captured), newest)
    result = result_of(found)
    return found if result and result.is_usable else newest
