"""No page is kept by a browser or a proxy, whoever made the answer."""

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import SessionState
from tests import factories

pytestmark = pytest.mark.django_db
NAMES = (
    *("my_work", "my_work_changes", "cases", "new_case", "provider", "provider_figures"),
    *("password_change", "password_change_done", "login"),
)


def test_every_answer_says_that_it_is_not_to_be_kept() -> None:
    case = factories.session(factories.case(), SessionState.COMPLETE).case
    lead = Client()
    lead.force_login(factories.lead())
    answers = {name: lead.get(reverse(name)) for name in NAMES}
    answers["admin"] = lead.get("/admin/", follow=True)
    answers["case"] = lead.get(reverse("case", args=[case.reference]))
    answers["change"] = lead.get(reverse("change_case", args=[case.reference]))
    answers["nowhere"] = lead.get("/nowhere/")
    answers["taken"] = lead.post(reverse("take", args=[case.reference]))
    answers["checked"] = lead.post(reverse("new_case_check"))
    answers["searched"] = lead.post(reverse("cases"), {"q": "Nordmann"})
    kept = {
        name: answer.headers.get("Cache-Control")
        for name, answer in answers.items()
        if not {"no-store", "private"} <= set(answer.headers.get("Cache-Control", "").split(", "))
    }
    assert kept == {}
    assert {answer.status_code for answer in answers.values()} == {200, 302, 404}
