"""The form in which a lead writes a draft of policy: a document as JSON, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.problems import PolicyRefused, Problem
from cases.web.words_field import WordsField
from cases.workflows.policy import versions


class DraftForm(forms.Form):
    """The document may be changed where it stands, or pasted; everything that is wrong with it is told."""

    reason = WordsField(
        label=_("Why"),
        max_length=500,
        help_text=_("What is to change, and why. Whoever puts it in force reads this first."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    document = forms.CharField(
        label=_("Document"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "code"}),
    )

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        self.kind = kind
        self.problems: tuple[Problem, ...] = ()
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Read the document, and keep everything that is wrong with it."""
        data: dict[str, Any] = super().clean() or {}
        text = data.get("document") or ""
        if not text.strip():
            self.add_error("document", _("Paste a document: nothing stands here."))
            return data
        try:
            data["parsed"] = versions.parsed(text)
            self.problems = tuple(versions.problems_of(self.kind, data["parsed"]))
        except PolicyRefused as refused:
            self.problems = refused.problems
        if self.problems:
            self.add_error("document", _("The document cannot be used; what is wrong stands below."))
        return data
