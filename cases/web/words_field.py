"""What people type in words."""

from typing import Any

from django import forms

from cases.findings.vocabulary.plain_text import without_turning


class WordsField(forms.CharField):
    """A text that is shown again: it reads the same way wherever it stands."""

    def to_python(self, value: Any) -> str | None:
        return super().to_python(without_turning(str(value or "")))
