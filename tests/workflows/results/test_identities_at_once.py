"""Results that teach each other's numbers at the same moment: nobody waits for ever, and nothing is missed."""

import datetime

import pytest
from django.db import transaction
from django.utils import timezone

from cases.evidence import evidence_files
from cases.findings.search.folded_words import Query
from cases.models import ArtefactKind, ArtefactState, Case, OrganisationIdentity, SessionState
from cases.provider.numbers.identifiers import Identifier
from cases.workflows.casework.cases import NewCase, open_case
from cases.workflows.ordering.ordered_lately import Earlier, OrderedLately, Outcome
from cases.workflows.results import derive, parsed_result
from cases.workflows.results.identities import organisation_of
from tests import factories
from tests.workflows.capture.test_requesting import all_at_once
from tests.workflows.results.test_identities import DUNS, ORG, captured

TIMES = 5


def take_in_again(case: Case) -> None:
    with transaction.atomic():
        locked = Case.objects.select_for_update().get(pk=case.pk)
        artefact = case.sessions.get().artefacts.get(kind="json")
        derive.take_in(locked, artefact, parsed_result.parse_bytes(evidence_files.read(artefact.file)))


@pytest.mark.django_db(transaction=True)
def test_results_of_one_firm_and_a_new_case_on_it_at_the_same_moment() -> None:
    cases = [captured(ORG), captured(DUNS), captured(ORG), captured(DUNS)]
    opened = []
    for turn in range(TIMES):
        OrganisationIdentity.objects.all().delete()
        identifier: Identifier = (ORG, DUNS)[turn % 2]

        def work(person: int, identifier: Identifier = identifier) -> None:
            if person < len(cases):
                take_in_again(cases[person])
            else:
                opened.append(open_case(NewCase(identifier, again_reason="New owner"), None))

        all_at_once(work, len(cases) + 1)
        everybody = {*cases, *opened}
        for typed in ("317835337", "30-123-4567", "5493001KJTIIGC8Y1R12"):
            assert set(Case.objects.found_by(Query(typed))) == everybody, (turn, typed)


@pytest.mark.django_db(transaction=True)
def test_of_people_who_order_one_firm_at_the_same_moment_one_does_and_the_rest_are_told() -> None:
    """Also by different numbers of it."""
    with transaction.atomic():
        known = factories.session(factories.case(organisation_of(DUNS)), SessionState.COMPLETE, results={})
    long_ago = timezone.now() - datetime.timedelta(days=90)
    factories.artefact(known, ArtefactKind.JSON, ArtefactState.CAPTURED, captured_at=long_ago)
    opened, warned = [], []

    def work(person: int) -> None:
        try:
            opened.append(open_case(NewCase((ORG, DUNS)[person % 2]), None))
        except OrderedLately as refused:
            warned.append(refused.earlier)

    all_at_once(work, 4)
    (case,) = opened
    assert warned == [Earlier(case, Outcome.AWAITED)] * 3
