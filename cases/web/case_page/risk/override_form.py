"""The forms with which people set the risk class, and answer as the second person: nothing is chosen in them."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.risk_terms import RiskClass
from cases.assessment.risk.override import SETTABLE, settable
from cases.presentation.risk_in_force import RiskInForce
from cases.web.sent_form import SentForm
from cases.web.words_field import WordsField
from cases.workflows.casework.overriding import WantedClass

AS_WORKED_OUT = "worked_out"
LONGEST = 5000  # characters


class OverrideForm(SentForm):
    """The class that is wanted and why; `seen` and `worked_out` are what the form showed."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    worked_out = forms.CharField(max_length=10, widget=forms.HiddenInput)
    submission = forms.UUIDField(widget=forms.HiddenInput)
    to_class = forms.ChoiceField(
        label=_("The class is to be"),
        choices=[
            *((risk_class.value, risk_class.words) for risk_class in SETTABLE),
            (AS_WORKED_OUT, _("As worked out")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a class.")},
    )
    rationale = WordsField(
        label=_("Why"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why the class is another than the one worked out.")},
    )

    @property
    def wanted(self) -> WantedClass:
        """What is wanted; only of a form that is valid."""
        data = self.cleaned_data
        to = None if data["to_class"] == AS_WORKED_OUT else RiskClass(data["to_class"])
        return WantedClass(to, data["rationale"], data["seen"], data["worked_out"])

    def to_send_again(self, present: RiskInForce) -> "OverrideForm":
        """This form with what was filled in, to be held against what is so now, and as a sending of its own."""
        kept = {name: self.data.get(name, "") for name in ("to_class", "rationale")}
        return _offering(OverrideForm({**kept, **_shown(present)}), present)


class SecondForm(forms.Form):
    """The second person's words: needed to send an override back."""

    words = WordsField(
        label=_("In your words"),
        required=False,
        max_length=LONGEST,
        help_text=_("Needed to send it back."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def served(present: RiskInForce) -> OverrideForm:
    """The form as it is served."""
    return _offering(OverrideForm(initial=_shown(present)), present)


def offered(present: RiskInForce) -> list[str]:
    """What can be chosen."""
    classes = [risk_class.value for risk_class in settable(present.found)]
    return [*classes, AS_WORKED_OUT] if present.can_be_taken_back else classes


def _offering(form: OverrideForm, present: RiskInForce) -> OverrideForm:
    field = form.fields["to_class"]
    can = offered(present)
    field.widget.choices = [choice for choice in field.choices if choice[0] in can]  # type: ignore[attr-defined]
    return form


def _shown(present: RiskInForce) -> dict[str, str]:
    return {
        "seen": str(present.newest),
        "worked_out": present.found.risk_class.value,
        "submission": str(uuid.uuid4()),
    }
