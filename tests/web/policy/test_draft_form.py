"""The form of a document: filled in without JavaScript, refused at its cells, and nothing that was typed is lost."""

import json
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import reverse

from cases.assessment.policy.defaults import default
from cases.models import PolicyImpact, PolicyKind, PolicyVersion
from cases.web.policy.document_form import MOST_FIELDS
from tests import factories
from tests.presentation.policy.filling import drawn, sent
from tests.web.pages import page, words
from tests.web.policy.test_policy import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
RISK = PolicyKind.RISK_MODEL
OK, FOUND, BAD, WRONG, MISSING = 200, 302, 400, 422, 404


def lena() -> Client:
    return signed_in(factories.lead())


def filled_in(kind: str = RISK, **changes: Any) -> QueryDict:
    """What a browser sends of the form of the default."""
    return sent(drawn(kind, default(kind)), **{"reason": "A lower bar", **changes})


def send(client: Client, form: QueryDict, kind: str = RISK, copied: str = "?copy=1") -> HttpResponse:
    return client.post(
        reverse("new_policy", args=[kind]) + copied,
        form.urlencode(),
        content_type="application/x-www-form-urlencoded",
    )


def of_page(answer: HttpResponse) -> QueryDict:
    """What a browser would send of the form on a page, as it stands there."""
    form = QueryDict(mutable=True)
    (shown,) = page(answer).xpath("//form[contains(@class, 'policy-form')]")
    for control in shown.xpath(".//input[@name] | .//textarea[@name] | .//select[@name]"):
        name, kind = control.get("name"), control.get("type")
        if control.tag == "select":
            chosen = control.xpath("./option[@selected]") or control.xpath("./option")
            form.appendlist(name, chosen[0].get("value"))
        elif control.tag == "textarea":
            # A line break that a textarea begins with is none of its text.
            text = control.text or ""
            form.appendlist(name, text.removeprefix("\n").replace("\n", "\r\n"))
        elif kind != "checkbox" or "checked" in control.attrib:
            form.appendlist(name, control.get("value", "on"))
    return form


@pytest.mark.parametrize("kind", PolicyKind.values)
def test_the_form_as_it_is_served_says_what_the_version_says(kind: str) -> None:
    client = lena()
    served = client.get(reverse("new_policy", args=[kind]))
    form = of_page(served)
    form["reason"], form["do"] = "Nothing new", "keep"
    answer = send(client, form, kind)
    assert answer.status_code == FOUND, words(answer)
    draft = PolicyVersion.objects.get(kind=kind, number=2)
    assert json.dumps(draft.content) == json.dumps(default(kind))
    assert (draft.author, draft.reason) == (factories.lead(), "Nothing new")


def test_every_control_has_a_name_for_who_cannot_see_and_no_id_is_given_twice() -> None:
    shown = page(lena().get(reverse("new_policy", args=[RISK])))
    ids = shown.xpath("//@id")
    assert sorted({name for name in ids if ids.count(name) > 1}) == []
    labelled = {label.get("for") for label in shown.xpath("//label[@for]")}
    nameless = [
        control.get("name")
        for control in shown.xpath(
            "//form[contains(@class, 'policy-form')]//*[self::input or self::select or self::textarea]"
        )
        if control.get("type") != "hidden"
        and not control.get("aria-label")
        and control.get("id") not in labelled
        and not control.xpath("ancestor::label")
    ]
    assert nameless == []


def test_a_draft_is_written_in_tables_and_nothing_else_is_changed() -> None:
    client = lena()
    answer = send(client, filled_in(**{"bands-bands-0-to": "30", "do": "keep"}))
    assert answer.status_code == FOUND
    draft = PolicyVersion.objects.get(kind=RISK, number=2)
    expected = default(RISK)
    expected["bands"][0]["to"] = 30
    assert draft.content == expected
    assert PolicyImpact.objects.get().version == draft
    shown = words(client.get(answer.headers["Location"]))
    assert "Classes by points › Normal › Up to points 34 30" in shown


def test_what_is_wrong_is_said_at_its_cell_and_above_and_nothing_typed_is_lost() -> None:
    client = lena()
    form = filled_in(
        **{"do": "keep", "factors-factors-0-table-0-table": "many", "bands-bands-0-to": "33", "reason": ""}
    )
    answer = send(client, form)
    assert (answer.status_code, PolicyVersion.objects.filter(kind=RISK).count()) == (WRONG, 1)
    shown = page(answer)
    (cell,) = shown.xpath("//input[@name='factors-factors-0-table-0-table']")
    assert (cell.get("value"), cell.get("aria-invalid")) == ("many", "true")
    (error,) = shown.xpath(f"//*[@id='{cell.get('aria-describedby')}']")
    assert words(error) == "Give a whole number from 0 to 1000."
    assert cell.xpath("ancestor::details[@open]"), "what is wrong is not folded away"
    above = shown.xpath("//*[@role='alert']//a")
    assert [(words(link), link.get("href")) for link in above] == [
        ("Why", "#id_reason"),
        ("Factors › C1 Form of organisation › Limited company (AS) › Points", f"#{cell.get('id')}"),
    ]
    again = of_page(answer)
    assert again["bands-bands-0-to"] == "33"
    again["factors-factors-0-table-0-table"], again["reason"], again["do"] = "3", "Better", "keep"
    assert send(client, again).status_code == FOUND
    assert PolicyVersion.objects.get(kind=RISK, number=2).content["bands"][0]["to"] == 33


def test_rows_are_added_and_removed_by_sending_the_form() -> None:
    client = lena()
    answer = send(
        client,
        filled_in(**{"add": "factors-factors", "factors-factors-kind": "answer", "bands-bands-0-to": "x"}),
    )
    assert answer.status_code == OK, "a row is added whatever else is wrong"
    form = of_page(answer)
    assert form["bands-bands-0-to"] == "x"
    form["add"] = "factors-factors-26-options"
    form = of_page(send(client, form))
    for name, value in (
        ("id", "A9"), ("title", "New question"), ("group", "service"), ("basis", "Ours"), ("unknown", "0"),
        ("options-0-key", "no"), ("options-0-options", "0"), ("options-1-key", "yes"), ("options-1-options", "10"),
    ):  # fmt: skip
        form[f"factors-factors-26-{name}"] = value
    form["bands-bands-0-to"], form["groups-groups-1-remove"], form["do"] = "34", "on", "keep"
    refused = send(client, form)
    assert refused.status_code == WRONG
    assert "There is no group “ownership”" in words(refused), "its factors are left without it"
    form = of_page(refused)
    assert form["groups-groups-1-remove"] == "on"
    del form["groups-groups-1-remove"]
    form["do"] = "keep"
    assert send(client, form).status_code == FOUND
    made = PolicyVersion.objects.get(kind=RISK, number=2).content["factors"][-1]
    assert made == {
        "test": "answer", "id": "A9", "title": "New question", "group": "service", "basis": "Ours", "unknown": 0,
        "options": {"no": 0, "yes": 10},
    }  # fmt: skip


def test_a_form_is_checked_without_keeping_anything() -> None:
    client = lena()
    well = send(client, filled_in(do="check"))
    assert (well.status_code, "Nothing is wrong with the document. It is not kept yet." in words(well)) == (
        OK,
        True,
    )
    wrong = send(client, filled_in(**{"do": "check", "bands-bands-0-to": ""}))
    assert (wrong.status_code, "Only the last band may be without end" in words(wrong)) == (WRONG, True)
    (default_button, *_others) = page(well).xpath("//form[contains(@class, 'policy-form')]//button")
    assert (default_button.get("name"), default_button.get("value")) == ("do", "check"), "Enter keeps nothing"
    assert not PolicyVersion.objects.filter(number=2).exists()


def test_a_draft_is_copied_and_the_cells_are_those_of_that_version_alone() -> None:
    client = lena()
    send(client, filled_in(**{"bands-bands-0-to": "30", "do": "keep"}))
    copied = client.get(reverse("new_policy", args=[RISK]) + "?copy=2")
    form = of_page(copied)
    form["reason"], form["do"] = "Again", "keep"
    kept = send(client, form, copied="?copy=2")
    assert "Risk model 2 is still a draft. Discard it" in words(client.get(kept.headers["Location"]))
    PolicyImpact.objects.filter(version__number=3).delete()
    assert page(copied).xpath("//input[@name='bands-bands-0-to']/@value") == ["30"]
    for address in ("", "?copy=99", "?copy=x"):
        answer = send(client, filled_in(do="keep"), copied=address)
        assert answer.status_code == WRONG
    assert PolicyVersion.objects.filter(kind=RISK).count() == 3


def test_a_large_document_fits_and_one_that_nobody_could_work_on_is_refused_whole() -> None:
    client = lena()
    form = filled_in(do="keep")
    for number in range(1000):
        form[f"no-cell-{number}"] = "x"
    assert len(form) > settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    assert send(client, form).status_code == FOUND
    for number in range(MOST_FIELDS):
        form[f"no-cell-{number}"] = "x"
    assert send(client, form).status_code == BAD
    many = "&".join(f"a{number}=" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))
    other = client.post(
        reverse("discard_policy", args=[RISK, 2]), many, content_type="application/x-www-form-urlencoded"
    )
    assert other.status_code == BAD, "no other form may have so many"


def test_what_is_hostile_in_a_cell_stays_text() -> None:
    client = lena()
    text = '"><script>alert(1)</script></textarea>'
    form = filled_in(**{"general-note": text, "groups-groups-0-key": text, "do": "check"})
    answer = send(client, form)
    assert not page(answer).xpath("//script[not(@src)]")
    assert of_page(answer)["general-note"] == text
    assert of_page(answer)["groups-groups-0-key"] == text
