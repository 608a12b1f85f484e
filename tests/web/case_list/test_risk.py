"""The risk class in the list of cases: what it says, how it sorts, and what is filtered by it."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from cases.models import Case, PolicyKind, PolicyVersion
from tests import factories, judging
from tests.web.pages import cells

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def kari(client: Client) -> Client:
    client.force_login(factories.kari())
    return client


def assessed(risk_class: str, **fields: object) -> Case:
    """A case that keeps this class, by the model in force."""
    made = factories.case()
    model = PolicyVersion.objects.in_force(PolicyKind.RISK_MODEL)
    usual = {"risk_class": risk_class, "risk_model": model, "assess_at": None}
    Case.objects.filter(pk=made.pk).update(**{**usual, **fields})
    made.refresh_from_db()
    return made


def listed(answer: HttpResponse) -> list[str]:
    return [row[0] for row in cells(answer)]


def risk_cell(kari: Client) -> str:
    return cells(kari.get("/cases/"))[0][5]


@pytest.mark.parametrize(
    ("risk_class", "fields", "says"),
    [
        ("prohibited", {}, "Prohibited"),
        ("high", {"risk_is_provisional": True}, "High provisional"),
        ("normal", {}, "Normal"),
        ("low", {}, "Low"),
        ("", {}, "not known"),
        ("", {"risk_model": None}, "not worked out yet"),
        ("", {"assess_at": timezone.now()}, "not worked out yet"),
        ("low", {"assess_at": timezone.now()}, "Low being renewed"),
        ("low", {"risk_model": None}, "Low being renewed"),
    ],
)
def test_the_cell_says_what_is_known_and_whether_it_is_of_now(
    kari: Client, risk_class: str, fields: dict[str, object], says: str
) -> None:
    assessed(risk_class, **fields)
    assert risk_cell(kari) == says


def test_a_class_by_a_model_that_is_not_in_force_any_more_says_so(kari: Client) -> None:
    assessed("low")
    model = PolicyVersion.objects.get(kind=PolicyKind.RISK_MODEL)
    judging.in_force_anew(PolicyKind.RISK_MODEL, model.content)
    assert risk_cell(kari) == "Low by the model before"
    Case.objects.update(state="PROPOSED")
    judging.decided(Case.objects.get())
    assert risk_cell(kari) == "Low"


def test_it_sorts_by_the_gravest_with_what_is_not_known_before_low_and_closed_ones_last_both_ways(
    kari: Client,
) -> None:
    made = [assessed(word) for word in ("low", "", "normal", "high", "prohibited")]
    closed = judging.decided(assessed("prohibited"))
    gravest_first = [case.reference for case in reversed(made)]
    assert listed(kari.get("/cases/?sort=risk")) == [*gravest_first, closed.reference]
    assert listed(kari.get("/cases/?sort=-risk")) == [*reversed(gravest_first), closed.reference]


def test_it_is_filtered_by_and_not_known_is_none_of_the_classes(kari: Client) -> None:
    made = {word: assessed(word) for word in ("low", "", "normal", "high", "prohibited")}
    Case.objects.filter(pk__in=[made["low"].pk, made["high"].pk]).update(risk_is_provisional=True)
    for word, case in made.items():
        assert listed(kari.get(f"/cases/?risk={word or 'not_known'}")) == [case.reference]
    found = listed(kari.get("/cases/?risk=provisional"))
    assert sorted(found) == sorted([made["low"].reference, made["high"].reference])


def test_hits_are_filtered_by_what_is_to_be_done(kari: Client) -> None:
    to_judge = factories.case(screening="HITS", hit_count=2, unconfirmed_hit_count=1)
    second = factories.case(screening="HITS", hit_count=1, unconfirmed_hit_count=1)
    factories.case(screening="NONE")
    assert listed(kari.get("/cases/?hits=to_judge")) == [to_judge.reference]
    assert sorted(listed(kari.get("/cases/?hits=second"))) == sorted([to_judge.reference, second.reference])
