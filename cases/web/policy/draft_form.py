"""The forms beside the form of a document: why a draft is written, and a document that is imported as JSON."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.problems import PolicyRefused, Problem
from cases.web.words_field import WordsField
from cases.workflows.policy import versions


class ReasonForm(forms.Form):
    """Why a draft is written."""

    reason = WordsField(
        label=_("Why"),
        max_length=500,
        help_text=_("What is to change, and why. Whoever puts it in force reads this first."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ImportForm(ReasonForm):
    """A document as JSON, pasted or as a file; everything that is wrong with it is told."""

    document = forms.CharField(
        label=_("Document"),
        required=False,
        help_text=_("The JSON of a whole document, pasted here or chosen as a file below."),
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false", "class": "code"}),
    )
    file = forms.FileField(label=_("File"), required=False)

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        self.kind = kind
        self.problems: tuple[Problem, ...] = ()
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Read the document, and keep everything that is wrong with it."""
        data: dict[str, Any] = super().clean() or {}
        text = self._text(data)
        if not text.strip():
            if not self.errors:
                self.add_error("document", _("Paste a document or choose a file: nothing stands here."))
            return data
        try:
            data["parsed"] = versions.parsed(text)
            self.problems = tuple(versions.problems_of(self.kind, data["parsed"]))
        except PolicyRefused as refused:
            self.problems = refused.problems
        if self.problems:
            self.add_error("document", _("The document cannot be used; what is wrong stands below."))
        return data

    def _text(self, data: dict[str, Any]) -> str:
        """The text of the file if one was chosen, else what was pasted."""
        file = data.get("file")
        if file is None:
            return str(data.get("document") or "")
        if file.size > settings.ATTACHMENT_BYTES:
            self.add_error("file", _("The file is too large."))
            return ""
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            self.add_error("file", _("The file is no text in UTF-8: export the document as JSON."))
            return ""
