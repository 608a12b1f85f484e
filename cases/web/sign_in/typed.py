"""What people typed and could not send, or what was refused, kept with their sign-in for the page it belongs to.

It stays out of addresses. The address of the page holds a word for it, so that the page can be reloaded, and two
windows do not mix.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.contrib.sessions.backends.base import SessionBase
from django.core import signing
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from cases.provider.numbers.typed_number import looks_personal

KEPT = "typed"
PARAMETER = "typed"
WHOSE = "whose"
MOST_KEPT = 5
LONGEST = 100_000  # characters of one form, with the names of its fields
# Fields that are ours, not typed.
OURS = {"csrfmiddlewaretoken", "kept_for"}
# A search is on every page, and comes back to the list.
SEARCH = "cases"
# Names of the addresses whose forms come back filled in. Passwords are never among them.
FORMS = {
    "new_case",
    "comment",
    "order_again",
    "resolve_capture",
    "check_signers",
    "keep_signers",
    "judge_hit",
    "conclude_owners",
    "state_requirement",
    "record_search",
    "answer_risk",
    "override_risk",
    "propose_decision",
    "answer_decision",
    "reopen_case",
    "change_case",
    "correct_number",
    "withdraw_case",
    "recuse",
    "wait_for_information",
    SEARCH,
}
NUMBER = "identifier"
WORDS = "q"
# In the place of a number that was not kept because it is a person's.
WAS_PERSONAL = "was_personal"
_SALT = "cases.web.sign_in.typed"
Fields = dict[str, list[str]]
OfForm = TypeVar("OfForm", bound=Form)


@dataclass(frozen=True)
class Typed:
    """A form as it was filled in. `was_sent`: its button was pressed; else it was taken along unfinished."""

    form: str
    fields: Fields
    was_sent: bool

    @property
    def data(self) -> QueryDict:
        data = QueryDict(mutable=True)
        for name, values in self.fields.items():
            data.setlist(name, values)
        return data

    @property
    def whose(self) -> str:
        """The key of the person who was served the form, as the form says; '' if it does not."""
        return self.fields.get(WHOSE, [""])[0]


def read(form: str, data: QueryDict, *, was_sent: bool) -> Typed | None:
    """What a form holds; None if it is none that comes back, or too long to be kept. No number of a person is kept."""
    fields = {name: values for name, values in data.lists() if name not in OURS}
    if any(map(looks_personal, fields.get(NUMBER, []))):
        fields |= {NUMBER: [], WAS_PERSONAL: ["1"]}
    if any(map(looks_personal, fields.get(WORDS, []))):
        return None
    length = sum(len(name) + len(value) for name, values in fields.items() for value in values)
    return Typed(form, fields, was_sent) if form in FORMS and length <= LONGEST else None


def new_word() -> str:
    """A word that stands for what was typed, in an address."""
    return secrets.token_hex(6)


def remember(session: SessionBase, typed: Typed) -> str:
    """Keep a filled-in form in the session; give the word that stands for it in an address."""
    word = new_word()
    newest = list(session.get(KEPT, {}).items())[-(MOST_KEPT - 1) :]
    session[KEPT] = {**dict(newest), word: [typed.form, typed.fields, typed.was_sent]}
    return word


def recall(request: HttpRequest, *forms: str) -> Typed | None:
    """The filled-in form that the word in this page's address stands for, if it is of `forms`; None if not kept."""
    kept = request.session.get(KEPT, {}).get(request.GET.get(PARAMETER, ""))
    if kept is None or kept[0] not in forms:
        return None
    return Typed(*kept)


def sent_or_recalled(request: HttpRequest, form: str) -> QueryDict | None:
    """What a form holds: as it is sent now, or as it was before signing in; None for one that is untouched."""
    if request.method == "POST":
        return request.POST
    before = recall(request, form)
    return before.data if before else None


View = Callable[..., HttpResponse]


def comes_back_filled_in(form: str) -> Callable[[View], View]:
    """For a view that shows its form again where it refuses it: lead to the page with it, so that back and reload work.

    Read anew, the form is refused for what is wrong of it then. One too long to be kept is shown at once.
    """

    def of_view(view: View) -> View:
        @wraps(view)
        def seen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            answer = view(request, *args, **kwargs)
            if request.method != "POST" or answer.status_code != HTTPStatus.OK:
                return answer
            refused = read(form, request.POST, was_sent=True)
            if refused is None:
                return answer
            return redirect(address_with(request.get_full_path(), remember(request.session, refused)))

        return seen

    return of_view


def as_filled_in(form: Callable[..., OfForm], typed: Typed | None) -> OfForm:
    """The form, empty, or as it was filled in: with what is wrong of it only if it was sent like that."""
    if typed is None:
        return form()
    bound = form(typed.data)
    if typed.was_sent:
        return bound
    return form(
        initial={
            name: field.widget.value_from_datadict(bound.data, {}, bound.add_prefix(name))
            for name, field in bound.fields.items()
        }
    )


def address_with(page: str, word: str) -> str:
    """The address of a page, with the word for what is kept for it in place of another."""
    parts = urlsplit(page)
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != PARAMETER]
    return parts._replace(query=urlencode([*query, (PARAMETER, word)])).geturl()


# --- Sealed, on its way through the sign-in page ---


def seal(typed: Typed) -> str:
    """The filled-in form as one signed text that a page can carry: nothing is kept for who has not signed in."""
    return signing.dumps([typed.form, typed.fields, typed.was_sent], salt=_SALT, compress=True)


def unseal(data: Mapping[str, str]) -> Typed | None:
    """The filled-in form that was sealed; None if there is none, or the portal did not seal it."""
    try:
        return Typed(*signing.loads(data.get(PARAMETER, ""), salt=_SALT))
    except (signing.BadSignature, TypeError, ValueError):
        return None
