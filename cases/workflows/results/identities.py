"""Which organisation a number is, and what captures teach of that."""

from amlportal.compiled import Compiled
from cases.findings.identity import numbers as stated
from cases.models import Artefact, Case, Organisation, OrganisationIdentity, Verb
from cases.models.audit.subject import EventSubject
from cases.models.casework.identity import Firm, IdentityKind, Number, firm_of
from cases.models.names import kept_name
from cases.provider.numbers.identifiers import Identifier
from cases.provider.result.wire import KeyInformation
from cases.workflows.audit import trail

KNOWN = Compiled(
    lambda about: OrganisationIdentity.objects.filter(organisation=about).values_list(
        "kind", "country", "value"
    ),
    int,
)


def organisation_of(identifier: Identifier) -> Organisation:
    """The organisation that is asked for by this number; its firm is locked until the caller's transaction ends.

    Who orders by another number of the firm, or learns numbers of it, meanwhile waits, and then knows of the case that
    is made for it. Rows are locked in the order of their keys.
    """
    found, _created = Organisation.objects.get_or_create(
        country=identifier.country, kind=identifier.kind, value=identifier.value
    )
    firm = Organisation.objects.filter(pk__in={found.pk, *firm_of(Number.of(identifier)).organisations})
    locked = {
        organisation.pk: organisation for organisation in firm.order_by("pk").select_for_update(no_key=True)
    }
    return locked[found.pk]


def learn(case: Case, artefact: Artefact, key: KeyInformation | None) -> frozenset[int]:
    """Keep what a result about the case's organisation says that it is known by.

    Gives the organisations, by key, of which something new is known now; they stay locked. Nobody is merged: a number
    that another organisation has too is told in the trail.
    """
    about = case.organisation
    own = Number.of(about.identifier)
    known = {*KNOWN.all(about.pk)}
    rows = [row for row in stated_by(artefact, key, about) if (row.kind, row.country, row.value) not in known]
    if not rows:
        return frozenset()
    numbers = {Number(row.kind, row.country, row.value) for row in rows if row.kind != IdentityKind.NAME}
    before = firm_of(own, *numbers)
    linked = Organisation.objects.filter(pk__in={about.pk, *before.organisations}).order_by("pk")
    locked = frozenset(organisation.pk for organisation in linked.select_for_update(no_key=True))
    OrganisationIdentity.objects.bulk_create(
        rows,
        ignore_conflicts=True,  # another result of this organisation said it at the same moment
    )
    if before.contradicted and numbers:
        _record_contradiction(case, artefact, before)
    return locked


def stated_by(
    artefact: Artefact, key: KeyInformation | None, about: Organisation
) -> list[OrganisationIdentity]:
    """Make the rows of what a result says that its organisation is known by, unsaved; none if it may be another's."""
    if artefact.about_us is not True or key is None:
        return []
    numbers = {Number(*number) for number in stated.numbers(key, about.country)} - {
        Number.of(about.identifier)
    }
    if name := kept_name(key.name):
        numbers.add(Number(IdentityKind.NAME, "", name))
    return [
        OrganisationIdentity(
            organisation=about, kind=kind, country=country, value=value, learned_from=artefact
        )
        for kind, country, value in sorted(numbers)
    ]


def _record_contradiction(case: Case, artefact: Artefact, firm: Firm) -> None:
    others = Case.objects.filter(organisation__in=firm.contradicted).select_related("organisation")
    trail.record(
        case,
        Verb.IDENTITY_SHARED,
        subject=EventSubject.result(artefact.session.number, artefact.kind),
        rests_on=artefact.sha256,
        detail={"also_of": [f"{other.organisation.number} ({other.reference})" for other in others[:5]]},
    )
