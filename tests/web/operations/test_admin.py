"""Django's admin holds people, and no table of another app, for anybody."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from cases.admin import site
from cases.models import User
from tests import factories
from tests.web.pages import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def superuser(client: Client) -> Client:
    client.force_login(factories.person("root", is_staff=True, is_superuser=True))
    return client


def test_people_alone_are_registered_where_the_address_leads() -> None:
    assert set(site._registry) == {User}
    assert {model.__module__.split(".")[0] for model in admin.site._registry} >= {"django_q", "axes"}


def _routes(patterns: list[URLPattern | URLResolver], before: str = "") -> list[str]:
    found = []
    for pattern in patterns:
        route = f"{before}{pattern.pattern}"
        found += _routes(pattern.url_patterns, route) if isinstance(pattern, URLResolver) else [route]
    return found


def test_no_address_leads_to_a_table_of_another_app(superuser: Client) -> None:
    inside = [route for route in _routes(get_resolver().url_patterns) if route.startswith("admin/")]
    of_tables = {route.removeprefix("admin/").split("/")[0] for route in inside if route.count("/") >= 3}
    assert "cases" in of_tables
    assert of_tables.isdisjoint({"django_q", "axes", "auth", "sessions", "contenttypes"})
    for model in admin.site._registry:
        path = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        assert superuser.get(path).status_code == 404, path


def test_a_superuser_is_shown_people_and_nothing_else(superuser: Client) -> None:
    links = page(superuser.get("/admin/")).xpath("//*[contains(@class, 'model-')]//th//a/@href")
    assert links == ["/admin/cases/user/"]
    assert superuser.get("/admin/cases/user/").status_code == 200
    assert superuser.get("/admin/cases/user/add/").status_code == 200


def test_the_name_of_the_portal_stands_above(superuser: Client) -> None:
    assert "AML portal administration" in superuser.get("/admin/").content.decode()
