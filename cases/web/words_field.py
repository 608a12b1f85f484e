"""The form field for what people type in words."""

from typing import Any

from django import forms

from cases.findings.vocabulary.plain_text import without_turning


class WordsField(forms.CharField):
    """A text field without characters that make a line read backwards: the text reads the same everywhere."""

    def to_python(self, value: Any) -> str | None:
        return super().to_python(without_turning(str(value or "")))
