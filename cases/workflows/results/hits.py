"""Hits as rows: what a result names is known again in the next one, so that judgements can hold on to it."""

from collections.abc import Iterable, Sequence

from cases.findings.screening import hit as findings
from cases.models import Artefact, Case, Hit, Verb
from cases.models.audit.subject import EventSubject
from cases.models.names import kept_name
from cases.provider.result.wire import Organization, Sanction
from cases.workflows.audit import recorded_columns, trail

RENEWED = ("name", "list_word", "external_id", "match")


def counting(artefact: Artefact, organization: Organization) -> tuple[findings.Hit, ...]:
    """The hits of a result that count for its case; none if it is about another organisation.

    Such a result says nothing about ours: its hits would be judged, and stay, where they do not belong. One that does
    not say about whom it is was given for our order, and counts.
    """
    if artefact.about_us is False:
        return ()
    sanction = organization.sanction
    return findings.listed(sanction if isinstance(sanction, Sanction) else None)


def named(case: Case, artefact: Artefact, organization: Organization) -> list[Hit]:
    """Make the rows of the hits that a result names, unsaved."""
    return [_row(case, artefact, hit) for hit in counting(artefact, organization)]


def _row(case: Case, artefact: Artefact, hit: findings.Hit) -> Hit:
    return Hit(
        case=case,
        fingerprint=hit.fingerprint,
        name=kept_name(hit.name),
        list_word=(hit.list_name.raw if hit.list_name else "")[: Hit.LIST_LENGTH],
        external_id=(hit.external_id or "")[: Hit.ID_LENGTH],
        match=hit.on_scale,
        first_seen=artefact,
        last_seen=artefact,
    )


def take_in(case: Case, artefact: Artefact, organization: Organization) -> None:
    """Keep what a captured result names, in a few statements however many there are. Taken in again, it adds nothing.

    Inside the caller's transaction, which holds the case's row: of two results that name the same entry one comes
    second, and finds its row. The unique constraint would stop both if that were ever forgotten.
    """
    new, again = keep(case, named(case, artefact, organization))
    if new or again:
        record_found(case, artefact, new, again)


def take_in_late(case: Case, artefact: Artefact, organization: Organization) -> None:
    """Keep the new hits of a result that came after a later capture's; known ones stay as they were last seen."""
    known = set(Hit.objects.filter(case=case).values_list("fingerprint", flat=True))
    rows = [row for row in named(case, artefact, organization) if row.fingerprint not in known]
    new, _again = keep(case, rows)
    if new:
        record_found(case, artefact, new, ())


def keep(case: Case, rows: Iterable[Hit]) -> tuple[list[Hit], list[Hit]]:
    """Save rows, each fingerprint once: new ones as they are, known ones as last seen. Gives the new, and the moved."""
    rows = list(rows)
    known = {hit.fingerprint: hit for hit in Hit.objects.filter(case=case)} if rows else {}
    new, again, changed = [], [], []
    for row in rows:
        there = known.get(row.fingerprint)
        if there is None:
            new.append(row)
        elif there.last_seen_id != row.last_seen_id:
            row.pk, row.first_seen_id = there.pk, there.first_seen_id
            again.append(row)
            if any(getattr(there, name) != getattr(row, name) for name in RENEWED):
                changed.append(row)
    Hit.objects.bulk_create(new)
    Hit.objects.bulk_update(changed, RENEWED)
    for artefact in {row.last_seen_id for row in again}:
        moved = [row.pk for row in again if row.last_seen_id == artefact]
        Hit.objects.filter(pk__in=moved).update(last_seen=artefact)
    return new, again


def record_found(case: Case, artefact: Artefact, new: Sequence[Hit], known: Sequence[Hit]) -> None:
    """Record how many hits of a result were new to the case, and how many known; never whom they name."""
    trail.record(
        case,
        Verb.HITS_FOUND,
        subject=EventSubject.result(artefact.session.number, artefact.kind),
        rests_on=artefact.sha256,
        detail={
            "hits_new": len(new) or None,
            "hits_known": len(known) or None,
            **recorded_columns.of_hits([*new, *known]),
        },
    )
