"""The form of a new case, filled in as a browser would."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from tests.web.pages import page, press, words

RIGHT, WRONG = "317835337", "123456789"


def form_of(answer: HttpResponse) -> dict[str, Any]:
    """The form as a browser would send it: hidden fields, ticks, what is typed and chosen."""
    form = page(answer).xpath("//main//form[@action='/cases/new/']")[0]
    fields = dict(form.fields)
    fields.pop("csrfmiddlewaretoken", None)
    for name in ("wanted", "seen_warning"):
        fields[name] = [
            box.get("value")
            for box in form.xpath(f".//input[@name='{name}']")
            if box.get("type") == "hidden" or box.get("checked") is not None
        ]
    return {name: value for name, value in fields.items() if value is not None}


def fill(client: Client, number: str = RIGHT, **fields: Any) -> dict[str, Any]:
    return {**form_of(client.get("/cases/new/")), "identifier": number, **fields}


def send(client: Client, fields: dict[str, Any]) -> HttpResponse:
    return press(client, "/cases/new/", fields)


def errors(answer: HttpResponse) -> str:
    return " ".join(words(box) for box in page(answer).xpath("//*[@class='errors']"))


def check(client: Client, number: str, **fields: Any) -> HttpResponse:
    return client.post("/cases/new/check/", {"country": "no", "kind": "ORG", "identifier": number, **fields})
