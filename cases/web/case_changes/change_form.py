"""The form that changes a case, and what it says when somebody else was faster."""

import datetime
import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Case, User
from cases.web.case_changes.work_form import WorkForm
from cases.workflows.casework import changing
from cases.workflows.casework.changing import Details, Value

LABELS: dict[str, str | Promise] = {
    "due": gettext_lazy("Due"),
    "purpose": gettext_lazy("Purpose"),
    "customer_reference": gettext_lazy("Customer reference"),
    "assignee": gettext_lazy("Assigned to"),
}


class ChangeForm(WorkForm):
    """The form of what a case says of the work, and who has it. What it showed comes back with it, as `seen`."""

    assignee = forms.ChoiceField(
        label=gettext_lazy("Assigned to"),
        required=False,
        help_text=gettext_lazy("Nobody hands the case back: then anybody may take it."),
        error_messages={
            "invalid_choice": gettext_lazy("This person may not have the case, or is recused from it.")
        },
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, case: Case, person: User) -> None:
        self.now = Details.of(case)
        super().__init__(data, initial={**asdict(self.now), "assignee": str(case.assignee_id or "")})
        people = {have_case.pk: have_case.name for have_case in changing.who_may_have(case)}
        if case.assignee is not None:
            people.setdefault(case.assignee.pk, case.assignee.name)
        self.people = people
        self.is_stale = False
        self.stale: list[str] = []
        if changing.may_hand_over(person, case):
            field = self.fields["assignee"]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the type checker)
            field.choices = [("", _("Nobody")), *((str(key), name) for key, name in people.items())]
        else:
            del self.fields["assignee"]

    def clean_seen(self) -> Details:
        """What the form showed; values that no case can have, if that came back broken."""
        try:
            return _details(json.loads(self.cleaned_data["seen"]))
        except (ValueError, TypeError, KeyError, RecursionError):
            return Details(None, "", "", -1)

    @property
    def seen_now(self) -> str:
        """What the form shows, for its hidden field: what it showed before, until it says what changed since."""
        if self.is_bound and not self.is_stale:
            return str(self.data.get("seen", ""))
        due = self.now.due.isoformat() if self.now.due else ""
        return json.dumps({**asdict(self.now), "due": due})

    @property
    def wanted(self) -> Details:
        """The details that the case is to have. Only after is_valid()."""
        data, seen = self.cleaned_data, self.cleaned_data["seen"]
        purpose, reference = data["purpose"], data["customer_reference"]
        assignee = (int(data["assignee"] or 0) or None) if "assignee" in self.fields else seen.assignee
        if _in_lines(purpose) == _in_lines(seen.purpose):
            purpose = seen.purpose
        return Details(data["due"], purpose, reference, assignee)

    @property
    def must_warn(self) -> bool:
        """Has a day that is past been typed, and not been warned of yet?"""
        is_new = self.cleaned_data["due"] != self.now.due
        return bool(self.due_word) and is_new and self.data.get("seen_warning") != self.due_word

    def refuse_if_stale(self) -> None:
        """Refuse a valid form that comes back, if the case changed meanwhile and the form would still change it."""
        if self.cleaned_data["seen"] != self.now and self.now.differences(self.wanted):
            self.refuse_stale(self.now)

    def refuse_stale(self, now: Details) -> None:
        """Say what changed since the form was served; what was typed stays, and can be sent once more."""
        self.is_stale = True
        self.stale = list(self._difference_sentences(self.cleaned_data["seen"], now))
        self.now = now

    def _difference_sentences(self, seen: Details, now: Details) -> Iterator[str]:
        if seen.assignee == -1:
            seen = replace(now, due=None, purpose="", customer_reference="", assignee=None)
        for name, (was, what) in seen.differences(now).items():
            words = {"what": LABELS[name], "was": self._words(name, was), "now": self._words(name, what)}
            yield _("%(what)s: %(was)s → %(now)s") % words

    def _words(self, name: str, value: Value) -> str:
        if name == "assignee" and isinstance(value, int):
            person = User.objects.filter(pk=value).first()
            return self.people.get(value) or (person.name if person else str(value))
        if isinstance(value, datetime.date):
            return date_format(value, "j M Y")
        return str(value) if value else _("none")


def _details(shown: Any) -> Details:
    """The details that JSON holds. Raises ValueError, TypeError or KeyError where a case cannot have such."""
    texts = [shown[name] for name in ("due", "purpose", "customer_reference")]
    assignee = shown["assignee"]
    if not all(isinstance(text, str) for text in texts) or type(assignee) not in {int, type(None)}:
        raise TypeError("not what a case has")
    due, purpose, customer_reference = texts
    (purpose + customer_reference).encode()  # half a character cannot be shown again
    return Details(datetime.date.fromisoformat(due) if due else None, purpose, customer_reference, assignee)


def _in_lines(text: str) -> str:
    """The text with each line ended by one character: a browser ends lines with two."""
    return text.replace("\r\n", "\n")
