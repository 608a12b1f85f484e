"""The form in which a person judges a hit: no verdict is picked when it is served."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.assessment.judging import second_person
from cases.assessment.judging.allowed_reasons import refusals
from cases.assessment.judging.draft import LATEST_WAKE_UP, Draft, asks_for
from cases.assessment.policy.hit_reason_terms import HitReasons, HitVerdict, Reason
from cases.findings.screening.hit import Hit
from cases.findings.vocabulary.wording import Words
from cases.web.sent_form import SentForm
from cases.web.words_field import WordsField
from cases.workflows.casework.judging.judge import Seen


class JudgeForm(SentForm):
    """What a person fills in. What the lines or the policy refuse, the workflow says (judging.judge)."""

    hit = forms.CharField(max_length=64, widget=forms.HiddenInput)
    newest = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    submission = forms.UUIDField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label=_("Your verdict"),
        required=False,
        choices=[(verdict.value, verdict.words) for verdict in HitVerdict],
    )
    rationale = WordsField(label=_("In your words"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    particulars = WordsField(label=_("What it rests on"), required=False)
    contacted = WordsField(label=_("Whom you ask, or where you look"), required=False)
    wake_up = forms.DateField(
        label=_("Look at it again on"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    attachment = forms.FileField(label=_("Attach a file"), required=False, allow_empty_file=True)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The codes of the reasons ticked under the verdict that is picked."""
        data = self.data
        verdict = str(data.get("verdict", ""))
        return tuple(data.getlist(name_of(verdict))) if hasattr(data, "getlist") else ()

    @property
    def together(self) -> list[Seen]:
        """The other hits that are judged with this one: each sent as `fingerprint:number of its newest judgement`."""
        if not self.data.get("together") or not hasattr(self.data, "getlist"):
            return []
        sent = (value.partition(":") for value in self.data.getlist("with"))
        return [Seen(name[:64], int(number)) for name, _colon, number in sent if number.isdecimal()]

    @property
    def draft(self) -> Draft:
        """What was filled in. Only after is_valid()."""
        data = self.cleaned_data
        return Draft(
            verdict=data["verdict"],
            reasons=self.chosen,
            rationale=data["rationale"],
            particulars=data["particulars"],
            contacted=data["contacted"],
            wake_up=data["wake_up"],
            attachments=int(data["attachment"] is not None),
        )

    def to_send_again(self, newest: int) -> "JudgeForm":
        """This form with what was typed, to be held against the newest judgement, and as a sending of its own."""
        data = QueryDict(mutable=True)
        for name in self.data:
            data.setlist(name, self.data.getlist(name))  # type: ignore[attr-defined]
        data["newest"], data["submission"] = str(newest), str(uuid.uuid4())
        return JudgeForm(data)


def name_of(verdict: str) -> str:
    """The name of the ticks of a verdict's reasons: those of another verdict are not sent with them."""
    return f"reason-{verdict}"


def served(hit: Hit, newest: int) -> JudgeForm:
    """The form as it is served: nothing is picked in it."""
    initial = {"hit": hit.fingerprint, "newest": newest, "submission": uuid.uuid4()}
    return JudgeForm(initial=initial)


@dataclass(frozen=True)
class Choice:
    """A reason to tick: `refused` is the line that contradicts it, `asks` what must be said with it."""

    reason: Reason
    refused: Words
    asks: Words
    is_ticked: bool


@dataclass(frozen=True)
class ChoiceGroup:
    """Reasons under one heading; `place` is a class of the stylesheet."""

    title: Words
    choices: tuple[Choice, ...]
    place: str = ""


@dataclass(frozen=True)
class VerdictChoices:
    """One verdict with its reasons; `second`: why somebody else must confirm it, as far as that is known before."""

    verdict: HitVerdict
    title: Words
    groups: tuple[ChoiceGroup, ...]
    second: tuple[Words, ...]
    note: Words = ""

    @property
    def name(self) -> str:
        return name_of(self.verdict)

    @property
    def takes_several(self) -> bool:
        return self.verdict is HitVerdict.FALSE_POSITIVE


TITLES: dict[HitVerdict, Words] = {
    HitVerdict.FALSE_POSITIVE: _("Why not the same"),
    HitVerdict.TRUE_MATCH: _("What it means"),
    HitVerdict.NOT_APPLICABLE: _("Why no measure applies"),
    HitVerdict.CANNOT_TELL: _("What is missing"),
}
NOTES: dict[HitVerdict, Words] = {
    HitVerdict.TRUE_MATCH: _("No other hit is settled by this one."),
    HitVerdict.CANNOT_TELL: _("The hit stays open."),
}


def choices_of(policy: HitReasons, hit: Hit, form: JudgeForm) -> list[VerdictChoices]:
    """The four verdicts with the reasons that may be given for this hit, and those that a line refuses."""
    refused, ticked = refusals(policy, hit), {*form.chosen}
    return [
        VerdictChoices(
            verdict,
            TITLES[verdict],
            tuple(_groups(policy, verdict, refused, ticked)),
            tuple(why.words for why in second_person.because(policy, hit, verdict, ())),
            _note(policy, verdict),
        )
        for verdict in HitVerdict
    ]


def _note(policy: HitReasons, verdict: HitVerdict) -> Words:
    months = policy.expires_months[verdict]
    return _("It ends after %(n)d months.") % {"n": months} if months else NOTES.get(verdict, "")


def _groups(
    policy: HitReasons, verdict: HitVerdict, refused: dict[str, Words], ticked: set[str]
) -> Iterable[ChoiceGroup]:
    reasons = policy.of(verdict)
    if verdict is not HitVerdict.FALSE_POSITIVE:
        yield ChoiceGroup("", _choices(reasons, refused, ticked))
        return
    alone = [reason for reason in reasons if reason.is_alone and not reason.has_attachment]
    with_file = [reason for reason in reasons if reason.is_alone and reason.has_attachment]
    paired = [reason for reason in reasons if not reason.is_alone]
    yield ChoiceGroup(_("One is enough"), _choices(alone, refused, ticked))
    yield ChoiceGroup(_("Two are needed"), _choices(paired, refused, ticked), "two")
    yield ChoiceGroup(_("With a file attached"), _choices(with_file, refused, ticked))


def _choices(reasons: Iterable[Reason], refused: dict[str, Words], ticked: set[str]) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            reason,
            refused.get(reason.code, ""),
            asks_for(reason),
            reason.code in ticked,
        )
        for reason in reasons
    )


def latest_wake_up() -> datetime.date:
    """The last day on which a hit that cannot be told yet may be looked at again."""
    return timezone.localdate() + LATEST_WAKE_UP
