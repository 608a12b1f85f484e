"""What is known of the signature of a document, for the page and for the report."""

from django import template
from django.utils.functional import Promise

from cases.models import Artefact
from cases.presentation import document_status
from cases.signatures import signature_words

register = template.Library()


@register.filter
def checked(artefact: Artefact) -> document_status.Checked | None:
    """Every signature check of a captured PDF; None if the result is no captured PDF."""
    return document_status.checked(artefact)


@register.filter
def flaw(artefact: Artefact) -> str | Promise:
    """Why a captured document must not be used; '' if it may be."""
    return document_status.flaw(document_status.usability_of(artefact), artefact.session)


@register.simple_tag
def not_checked() -> str | Promise:
    """Say what no signature check finds out: whether a certificate was revoked."""
    return signature_words.REVOCATION
