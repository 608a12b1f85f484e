"""What is told of a PDF's signatures: each verdict with its reason, for honest files and for those made to deceive."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.sign import fields

from amlportal.sandbox.faults import pdf_faults
from amlportal.sandbox.reports import signing
from cases.models import Verdict
from cases.signatures import signature_verdict
from cases.signatures.one_signature import TrustBasis
from cases.signatures.signature_result import SignatureResult, result_from
from tests.signatures.pdfs import signed_pdfs
from tests.signatures.pdfs.signed_pdfs import DAY, NOW, YEAR, Holder

ROOT = signed_pdfs.root()
SIGNER = signed_pdfs.signer(ROOT)
STRANGER_ROOT = signed_pdfs.root("Unknown Root CA")
STRANGER = signed_pdfs.signer(STRANGER_ROOT, "Somebody")
PLAIN = signed_pdfs.report()
SIGNED = signed_pdfs.signed(PLAIN, SIGNER, ROOT)
Make = Callable[[], bytes]


def check(pdf: bytes, *roots: Holder, had_since: Any = NOW) -> SignatureResult:
    """A look at it in this very process, with the one root trusted unless others are named; checked as in life."""
    trusted = tuple(root.asn1 for root in (roots or (ROOT,)))
    result = signature_verdict.check(pdf, TrustBasis(trusted, had_since))
    plain = {**result, "signatures": [_without_times(item) for item in result["signatures"]]}
    return result_from(plain)


def _without_times(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_times(item) for name, item in value.items()}
    return value.isoformat() if hasattr(value, "isoformat") else value


def said(pdf: bytes, *roots: Holder, **asked: Any) -> tuple[str, str]:
    found = check(pdf, *roots, **asked)
    return found.verdict, found.explanation


# --- Honest files ---


def test_a_signature_over_the_whole_file_by_somebody_we_trust_is_verified() -> None:
    found = check(SIGNED)
    assert (found.verdict, found.explanation) == (Verdict.VERIFIED, "verified")
    (signature,) = found.signatures
    assert (signature.coverage, signature.changes) == ("ENTIRE_FILE", "NONE")
    assert (signature.field, signature.digest, signature.root) == ("Report", "sha256", "Nordlys Root CA")
    assert signature.intact
    assert signature.claimed_at is not None
    assert signature.time_stamp is None


def test_who_signed_is_told_with_the_certificate() -> None:
    (signature,) = check(SIGNED).signatures
    certificate = signature.signer
    assert certificate is not None
    assert (certificate.name, certificate.organisation, certificate.issuer) == (
        "Nordlys Reports",
        "Nordlys (invented)",
        "Nordlys Root CA",
    )
    assert (certificate.valid_from, certificate.valid_until) == (NOW - DAY, NOW + 10 * YEAR)
    assert int(certificate.serial, 16) == SIGNER.certificate.serial_number
    assert certificate.sha256 == SIGNER.asn1.sha256.hex()


def test_what_the_sandbox_signs_is_verified_under_its_root() -> None:
    authority = signing.make_authority("Test")
    root = Holder(authority.root, authority.signer_key)
    assert said(authority.sign(PLAIN), root) == (Verdict.VERIFIED, "verified")


def test_each_of_two_signatures_is_told_and_the_later_covers_the_earlier() -> None:
    found = check(signed_pdfs.signed(SIGNED, SIGNER, ROOT, field="Second"))
    assert (found.verdict, found.explanation) == (Verdict.VERIFIED, "verified")
    assert [signature.field for signature in found.signatures] == ["Report", "Second"]
    assert [signature.coverage for signature in found.signatures] == ["ENTIRE_REVISION", "ENTIRE_FILE"]


def test_a_time_stamp_over_the_document_takes_nothing_from_its_signature() -> None:
    found = check(signed_pdfs.stamped(SIGNED, signed_pdfs.stamper(ROOT)))
    assert (found.verdict, found.explanation) == (Verdict.VERIFIED, "verified_lta")
    assert [signature.kind for signature in found.signatures] == ["signature", "time_stamp"]
    assert found.signatures[1].time_stamp is not None
    assert found.signatures[1].time_stamp.trusted


def test_a_time_stamp_of_a_stranger_over_the_document_makes_no_signer_untrusted() -> None:
    found = check(signed_pdfs.stamped(SIGNED, signed_pdfs.stamper(STRANGER_ROOT)))
    assert found.verdict == Verdict.VERIFIED
    assert not found.signatures[1].trusted


def test_a_signer_who_may_not_sign_is_the_reason_whoever_stamped_it() -> None:
    web = signed_pdfs.signer(ROOT, binding=False, purposes=[ExtendedKeyUsageOID.SERVER_AUTH])
    pdf = signed_pdfs.stamped(signed_pdfs.signed(PLAIN, web, ROOT), signed_pdfs.stamper(STRANGER_ROOT))
    assert said(pdf) == (Verdict.NOT_TRUSTED, "wrong_usage")


def test_a_stamp_counts_as_no_signer_beside_one_we_trust() -> None:
    both = signed_pdfs.signed(SIGNED, STRANGER, STRANGER_ROOT, field="Second")
    pdf = signed_pdfs.stamped(both, signed_pdfs.stamper(STRANGER_ROOT))
    assert said(pdf) == (Verdict.NOT_TRUSTED, "another_signer")


@pytest.mark.parametrize(("root", "trusted"), [(ROOT, True), (STRANGER_ROOT, False)])
def test_a_time_stamp_in_a_signature_is_told_with_who_vouches_for_it(root: Holder, trusted: bool) -> None:
    found = check(
        signed_pdfs.signed(PLAIN, SIGNER, ROOT, timestamper=signed_pdfs.stamper(root, NOW - DAY / 2))
    )
    assert found.verdict == Verdict.VERIFIED
    stamp = found.signatures[0].time_stamp
    assert stamp is not None
    assert (stamp.at, stamp.trusted, stamp.intact, stamp.by) == (NOW - DAY / 2, trusted, True, "Nordlys Time")


def test_what_may_only_be_opened_by_everybody_is_checked_like_any_other() -> None:
    assert said(signed_pdfs.encrypted(PLAIN, "")) == (Verdict.UNSIGNED, "unsigned")


# --- Who is not trusted ---


def test_without_roots_nobody_is_trusted_and_that_is_said() -> None:
    result = signature_verdict.check(SIGNED, TrustBasis((), NOW))
    assert (result["verdict"], result["explanation"]) == (Verdict.NOT_TRUSTED, "no_roots")


def test_who_leads_to_no_root_of_ours_is_not_trusted() -> None:
    found = check(signed_pdfs.signed(PLAIN, STRANGER, STRANGER_ROOT))
    assert (found.verdict, found.explanation) == (Verdict.NOT_TRUSTED, "unknown_root")
    assert found.signatures[0].root == ""
    assert found.signatures[0].intact


def test_who_vouches_for_themselves_leads_to_no_root_of_ours_whatever_the_purpose() -> None:
    alone = signed_pdfs.root("Somebody Alone")
    assert said(signed_pdfs.signed(PLAIN, alone, alone)) == (Verdict.NOT_TRUSTED, "unknown_root")


def test_a_name_like_our_root_is_not_our_root() -> None:
    double = signed_pdfs.root()
    assert said(signed_pdfs.signed(PLAIN, signed_pdfs.signer(double), double)) == (
        Verdict.NOT_TRUSTED,
        "chain_failed",
    )


@pytest.mark.parametrize("order", [(SIGNER, STRANGER), (STRANGER, SIGNER)])
def test_one_signer_nobody_knows_beside_one_we_trust_is_told(order: tuple[Holder, Holder]) -> None:
    pdf = PLAIN
    for number, by in enumerate(order):
        pdf = signed_pdfs.signed(pdf, by, ROOT if by is SIGNER else STRANGER_ROOT, field=f"Field{number}")
    assert said(pdf) == (Verdict.NOT_TRUSTED, "another_signer")


def test_a_certificate_for_web_servers_signs_no_documents() -> None:
    web = signed_pdfs.signer(ROOT, binding=False, purposes=[ExtendedKeyUsageOID.SERVER_AUTH])
    assert said(signed_pdfs.signed(PLAIN, web, ROOT)) == (Verdict.NOT_TRUSTED, "wrong_usage")


def test_a_certificate_whose_purpose_is_documents_need_not_bind_its_holder() -> None:
    seal = signed_pdfs.signer(ROOT, binding=False, purposes=[signing.DOCUMENT_SIGNING])
    assert said(signed_pdfs.signed(PLAIN, seal, ROOT)) == (Verdict.VERIFIED, "verified")


def test_a_signer_vouches_for_no_other_signer() -> None:
    forged = signed_pdfs.signer(SIGNER, "Forged")
    assert said(signed_pdfs.signed(PLAIN, forged, SIGNER))[0] == Verdict.NOT_TRUSTED


# --- Changed files ---

ALTERED = [
    ("one byte of the text", lambda: SIGNED.replace(b"317 835", b"317 836", 1), "digest_mismatch"),
    ("a stroke over the page", lambda: pdf_faults.altered(SIGNED), "changed_after"),
    ("the text of the page", lambda: signed_pdfs.updated(SIGNED, signed_pdfs.text_changed), "changed_after"),
    ("a page more", lambda: signed_pdfs.updated(SIGNED, signed_pdfs.page_added), "changed_after"),
    ("a page less", lambda: signed_pdfs.updated(SIGNED, signed_pdfs.page_removed), "changed_after"),
    (
        "the reason of the signature",
        lambda: signed_pdfs.updated(SIGNED, signed_pdfs.reason_spoofed),
        "partly_covered",
    ),
    ("a longer signature", lambda: signed_pdfs.stretched(SIGNED), "partly_covered"),
    (
        "the signature taken out",
        lambda: signed_pdfs.updated(SIGNED, signed_pdfs.signature_removed),
        "signature_removed",
    ),
    ("something at the end", lambda: SIGNED + b"\n% and one thing more\n", "added_after"),
]


@pytest.mark.parametrize(("pdf", "why"), [item[1:] for item in ALTERED], ids=[item[0] for item in ALTERED])
def test_a_file_that_was_changed_is_altered(pdf: Make, why: str) -> None:
    assert said(pdf()) == (Verdict.ALTERED, why)


def test_a_field_that_was_filled_in_after_the_last_signature_is_a_change() -> None:
    pdf = signed_pdfs.signed(signed_pdfs.with_form(PLAIN), SIGNER, ROOT)
    assert said(pdf)[0] == Verdict.VERIFIED
    assert said(signed_pdfs.updated(pdf, signed_pdfs.form_filled)) == (Verdict.ALTERED, "filled_after")


def test_a_field_that_was_filled_in_is_signed_for_by_who_signs_later() -> None:
    pdf = signed_pdfs.updated(
        signed_pdfs.signed(signed_pdfs.with_form(PLAIN), SIGNER, ROOT), signed_pdfs.form_filled
    )
    assert said(signed_pdfs.signed(pdf, SIGNER, ROOT, field="Second"))[0] == Verdict.VERIFIED


def test_what_the_signer_forbade_is_a_change_whoever_signs_for_it() -> None:
    sealed = signed_pdfs.signed(
        PLAIN, SIGNER, ROOT, certify=True, docmdp_permissions=fields.MDPPerm.NO_CHANGES
    )
    raw = signed_pdfs.updated(sealed, signed_pdfs.text_changed)
    assert said(sealed)[0] == Verdict.VERIFIED
    assert said(raw) == (Verdict.ALTERED, "changed_after")


def test_a_time_stamp_hides_no_change_before_it() -> None:
    pdf = signed_pdfs.stamped(
        signed_pdfs.updated(SIGNED, signed_pdfs.text_changed), signed_pdfs.stamper(ROOT)
    )
    assert said(pdf) == (Verdict.ALTERED, "changed_after")


def test_a_signature_put_over_a_changed_file_does_not_make_good_the_one_before() -> None:
    changed = signed_pdfs.updated(SIGNED, signed_pdfs.text_changed)
    assert said(signed_pdfs.signed(changed, SIGNER, ROOT, field="Second")) == (
        Verdict.ALTERED,
        "changed_after",
    )


def test_a_signature_of_another_file_proves_nothing_here() -> None:
    """The CMS of one report put into the place of another's."""
    other = signed_pdfs.signed(signed_pdfs.report("Another company"), SIGNER, ROOT)
    ours, theirs = (pdf.index(b"/Contents <") + len(b"/Contents <") for pdf in (SIGNED, other))
    length = SIGNED.index(b">", ours) - ours
    assert said(SIGNED[:ours] + other[theirs : theirs + length] + SIGNED[ours + length :]) == (
        Verdict.ALTERED,
        "digest_mismatch",
    )


@pytest.mark.parametrize("seed", range(4))
def test_no_byte_that_is_signed_can_be_changed_unnoticed(seed: int) -> None:
    """Bytes within the signature's own place are no content; some of them, such as its padding, mean nothing."""
    dice = random.Random(seed)
    begins = SIGNED.index(b"/Contents <") + len(b"/Contents <")
    ends = SIGNED.index(b">", begins)
    for _ in range(25):
        place, bit = dice.randrange(len(SIGNED)), 1 << dice.randrange(8)
        spoiled = SIGNED[:place] + bytes([SIGNED[place] ^ bit]) + SIGNED[place + 1 :]
        verdict = said(spoiled)[0]
        within = begins <= place < ends
        assert within or verdict in {Verdict.ALTERED, Verdict.CANNOT_TELL, Verdict.NOT_A_PDF}, (place, bit)


@pytest.mark.parametrize("seed", range(4))
def test_bytes_put_in_or_taken_out_anywhere_are_never_verified(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(15):
        place = dice.randrange(len(SIGNED) + 1)
        for spoiled in (SIGNED[:place] + b"0" + SIGNED[place:], SIGNED[: place - 1] + SIGNED[place:]):
            if spoiled != SIGNED:
                assert said(spoiled)[0] != Verdict.VERIFIED, place


# --- No signature, no PDF, no telling ---

OTHERS = [
    ("plain", lambda: PLAIN, Verdict.UNSIGNED, "unsigned"),
    ("a field nobody signed", lambda: signed_pdfs.with_form(PLAIN), Verdict.UNSIGNED, "unsigned"),
    (
        "a time stamp alone",
        lambda: signed_pdfs.stamped(PLAIN, signed_pdfs.stamper(ROOT)),
        Verdict.UNSIGNED,
        "time_stamp_only",
    ),
    ("a web page", lambda: b"<!doctype html><title>Error</title>" * 60, Verdict.NOT_A_PDF, "not_a_pdf"),
    ("zeros", lambda: b"\0" * 50_000_000, Verdict.NOT_A_PDF, "not_a_pdf"),
    ("nothing", lambda: b"", Verdict.NOT_A_PDF, "not_a_pdf"),
    ("the head alone", lambda: b"%PDF-1.7\n", Verdict.CANNOT_TELL, "damaged"),
    ("half", lambda: SIGNED[: len(SIGNED) // 2], Verdict.CANNOT_TELL, "damaged"),
    ("locked", lambda: signed_pdfs.encrypted(PLAIN, "secret"), Verdict.CANNOT_TELL, "encrypted"),
    (
        "a signature the document does not name",
        lambda: PLAIN + b"\n% /SubFilter /adbe.pkcs7.detached /ByteRange [0 1 2 3]\n",
        Verdict.CANNOT_TELL,
        "signature_hidden",
    ),
    (
        "another kind of signature",
        lambda: SIGNED.replace(b"/ETSI.CAdES.detached", b"/adbe.x509.rsa_sha1 "),
        Verdict.CANNOT_TELL,
        "unsupported_signature",
    ),
    (
        "an algorithm that can be forged",
        lambda: signed_pdfs.signed(PLAIN, SIGNER, ROOT, md_algorithm="sha1"),
        Verdict.CANNOT_TELL,
        "weak_algorithm",
    ),
]


@pytest.mark.parametrize(
    ("pdf", "verdict", "why"), [other[1:] for other in OTHERS], ids=[other[0] for other in OTHERS]
)
def test_what_cannot_be_verified_says_why(pdf: Make, verdict: str, why: str) -> None:
    assert said(pdf()) == (verdict, why)


def test_more_signatures_than_anybody_needs_are_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signature_verdict, "MOST_SIGNATURES", 1)
    pdf = signed_pdfs.signed(SIGNED, SIGNER, ROOT, field="Second")
    assert said(pdf) == (Verdict.CANNOT_TELL, "too_many_signatures")


def test_a_name_that_is_made_to_deceive_is_one_line_of_printable_text() -> None:
    by = signed_pdfs.signer(ROOT, "Nordlys\n\u202e<script>alert(1)</script>\x00")
    (signature,) = check(signed_pdfs.signed(PLAIN, by, ROOT)).signatures
    assert signature.signer is not None
    assert signature.signer.name == "Nordlys <script>alert(1)</script>"
