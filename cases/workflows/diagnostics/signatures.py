"""The roots that signatures are held against: are there any, and can they vouch for anybody?"""

import datetime
from collections.abc import Iterator

from cryptography import x509
from django.conf import settings
from django.utils import timezone

from cases.workflows.diagnostics.finding import Finding, ok, warning, wrong

SUBJECT = "signatures"
SOON = datetime.timedelta(days=30)
HOW = "Get the provider's root certificate from the provider, and name its file in AML_TRUST_ROOTS."


def check() -> Iterator[Finding]:
    roots = [
        x509.load_pem_x509_certificate(trust_root.encode("ascii")) for trust_root in settings.AML_TRUST_ROOTS
    ]
    if not roots:
        yield warning(
            SUBJECT,
            "No trust roots are configured: signatures of documents are checked, but no signer is trusted.",
            HOW,
        )
        return
    found = [problem for root in roots for problem in _problems(root)]
    yield from found or [ok(SUBJECT, f"Documents are held against {_names(roots)}.")]


def _problems(root: x509.Certificate) -> Iterator[Finding]:
    name, now = _name(root), timezone.now()
    if not _is_authority(root):
        yield wrong(SUBJECT, f"{name}, in AML_TRUST_ROOTS, is not a certificate authority.", HOW)
    if root.not_valid_after_utc <= now:
        yield wrong(
            SUBJECT,
            f"{name}, in AML_TRUST_ROOTS, ran out on {root.not_valid_after_utc:%d %b %Y}.",
            "Ask the provider for its new root, and add that file; keep the old one for what it signed before.",
        )
    elif root.not_valid_after_utc <= now + SOON:
        yield warning(
            SUBJECT,
            f"{name}, in AML_TRUST_ROOTS, runs out on {root.not_valid_after_utc:%d %b %Y}.",
            "Ask the provider for its new root, and add that file.",
        )
    if root.not_valid_before_utc > now:
        yield wrong(
            SUBJECT, f"{name}, in AML_TRUST_ROOTS, is not valid yet.", "Compare the clock of this machine."
        )


def _is_authority(root: x509.Certificate) -> bool:
    try:
        return root.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, ValueError):
        return False


def _names(roots: list[x509.Certificate]) -> str:
    return ", ".join(map(_name, roots))


def _name(root: x509.Certificate) -> str:
    return root.subject.rfc4514_string()[:200]
