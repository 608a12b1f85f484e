"""Certificates that ran out, of signers and of who made time stamps: what was there in time still holds."""

from typing import Any

import pytest
from pyhanko.sign import timestamps

from cases.models import Verdict
from tests.signatures.pdfs import signed_pdfs
from tests.signatures.pdfs.signed_pdfs import DAY, NOW, YEAR, Holder
from tests.signatures.test_signatures import PLAIN, ROOT, SIGNED, STRANGER_ROOT, check, said


def old_signer() -> Holder:
    return signed_pdfs.signer(ROOT, since=NOW - 2 * YEAR, until=NOW - YEAR)


def test_a_certificate_that_ran_out_since_the_capture_was_valid_when_it_counted() -> None:
    pdf = signed_pdfs.signed(PLAIN, old_signer(), ROOT)
    assert said(pdf, had_since=NOW - YEAR - DAY) == (Verdict.VERIFIED, "verified_at_capture")


def test_a_certificate_that_ran_out_before_the_capture_proves_nothing_by_itself() -> None:
    assert said(signed_pdfs.signed(PLAIN, old_signer(), ROOT)) == (Verdict.CANNOT_TELL, "expired")


def test_a_time_stamp_we_trust_tells_that_a_certificate_was_valid_then() -> None:
    old = signed_pdfs.root(since=NOW - 3 * YEAR)
    by = signed_pdfs.signer(old, since=NOW - 2 * YEAR, until=NOW - YEAR)
    stamper = signed_pdfs.stamper(old, NOW - YEAR - DAY, since=NOW - 2 * YEAR)
    assert said(signed_pdfs.signed(PLAIN, by, old, timestamper=stamper), old) == (
        Verdict.VERIFIED,
        "verified_by_time_stamp",
    )


def test_a_time_stamp_of_a_stranger_does_not() -> None:
    stamper = signed_pdfs.stamper(STRANGER_ROOT, NOW - YEAR - DAY, since=NOW - 2 * YEAR)
    assert said(signed_pdfs.signed(PLAIN, old_signer(), ROOT, timestamper=stamper)) == (
        Verdict.CANNOT_TELL,
        "expired",
    )


def test_a_time_stamp_over_the_document_tells_it_of_signatures_before_and_of_none_after() -> None:
    old = signed_pdfs.root(since=NOW - 3 * YEAR)
    by = signed_pdfs.signer(old, since=NOW - 2 * YEAR, until=NOW - YEAR)
    stamper = signed_pdfs.stamper(old, NOW - YEAR - DAY, since=NOW - 2 * YEAR)
    before = signed_pdfs.stamped(signed_pdfs.signed(PLAIN, by, old), stamper)
    after = signed_pdfs.signed(signed_pdfs.stamped(PLAIN, stamper), by, old)
    assert said(before, old) == (Verdict.VERIFIED, "verified_by_time_stamp")
    assert said(after, old) == (Verdict.CANNOT_TELL, "expired")


@pytest.mark.parametrize("within", [True, False])
@pytest.mark.parametrize(
    ("had_since", "verdict"),
    [
        (NOW - YEAR - DAY / 2, (Verdict.VERIFIED, "verified_by_time_stamp")),
        (NOW, (Verdict.CANNOT_TELL, "expired")),
    ],
)
def test_a_stamp_that_held_at_the_capture_still_tells_it_when_its_maker_has_run_out(
    within: bool, had_since: Any, verdict: tuple[str, str]
) -> None:
    old = signed_pdfs.root(since=NOW - 3 * YEAR)
    by = signed_pdfs.signer(old, since=NOW - 3 * YEAR, until=NOW - YEAR - DAY * 3 / 4)
    stamper = old_stamper(old)
    pdf = (
        signed_pdfs.signed(PLAIN, by, old, timestamper=stamper)
        if within
        else signed_pdfs.stamped(signed_pdfs.signed(PLAIN, by, old), stamper)
    )
    assert said(pdf, old, had_since=had_since) == verdict


def test_a_stamp_put_on_in_time_tells_that_the_stamp_before_it_held() -> None:
    """As archives do: a stamp is stamped before its maker runs out."""
    old = signed_pdfs.root(since=NOW - 4 * YEAR)
    by = signed_pdfs.signer(old, since=NOW - 3 * YEAR, until=NOW - YEAR - DAY * 3 / 4)
    once = signed_pdfs.stamped(signed_pdfs.signed(PLAIN, by, old), old_stamper(old))
    again = signed_pdfs.stamped(once, signed_pdfs.stamper(old, NOW - YEAR - DAY / 2, since=NOW - 2 * YEAR))
    assert said(again, old) == (Verdict.VERIFIED, "verified_by_time_stamp")
    assert all(signature.trusted for signature in check(again, old).signatures)


def test_a_certificate_that_is_not_valid_yet_cannot_be_judged() -> None:
    future = signed_pdfs.signer(ROOT, since=NOW + DAY)
    assert said(signed_pdfs.signed(PLAIN, future, ROOT)) == (Verdict.CANNOT_TELL, "not_yet_valid")


# --- Those of time stamps ---


def old_stamper(issuer: Holder) -> timestamps.DummyTimeStamper:
    """Whose certificate has run out."""
    return signed_pdfs.stamper(issuer, NOW - YEAR - DAY, since=NOW - 2 * YEAR, until=NOW - YEAR)


@pytest.mark.parametrize("root", [ROOT, STRANGER_ROOT])
@pytest.mark.parametrize("had_since", [NOW, NOW - YEAR - DAY / 2])
def test_a_time_stamp_whose_maker_ran_out_makes_no_signature_doubtful(root: Holder, had_since: Any) -> None:
    by = signed_pdfs.signer(ROOT, since=NOW - 2 * YEAR)
    pdf = signed_pdfs.stamped(signed_pdfs.signed(PLAIN, by, ROOT), old_stamper(root))
    assert said(pdf, had_since=had_since) == (Verdict.VERIFIED, "verified_lta")


def test_a_time_stamp_alone_tells_of_no_signer_though_its_maker_ran_out() -> None:
    assert said(signed_pdfs.stamped(PLAIN, old_stamper(ROOT))) == (Verdict.UNSIGNED, "time_stamp_only")


def test_a_stamp_of_another_file_is_a_change_whoever_signed_this_one() -> None:
    stamper = signed_pdfs.stamper(ROOT)
    pdf, other = (signed_pdfs.stamped(data, stamper) for data in (SIGNED, PLAIN))
    ours, theirs = (data.rindex(b"/Contents <") + len(b"/Contents <") for data in (pdf, other))
    length = pdf.index(b">", ours) - ours
    assert other[theirs + length : theirs + length + 1] == b">"
    spoiled = pdf[:ours] + other[theirs : theirs + length] + pdf[ours + length :]
    assert said(spoiled) == (Verdict.ALTERED, "digest_mismatch")
