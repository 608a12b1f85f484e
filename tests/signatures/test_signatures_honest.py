"""Files that nobody changed, however programs write, sign, stamp and keep them: none is called altered."""

import datetime
from collections.abc import Callable

import pytest
from asn1crypto import algos, cms, pem, x509
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from cases.signatures import pdf_signatures, signature_verdict
from cases.signatures.one_signature import TrustBasis
from tests.signatures.pdfs import shapes, signed_pdfs
from tests.signatures.pdfs.shapes import OBJECTS, archived, by_qpdf, payload, rich, stamped_in
from tests.signatures.pdfs.signed_pdfs import NOW
from tests.signatures.test_signatures import PLAIN, ROOT, SIGNED, SIGNER, STRANGER, STRANGER_ROOT, check, said

Expected = tuple[str, str]
Shapes = dict[str, tuple[Callable[[], bytes], Expected]]
VERIFIED, LTA = ("VERIFIED", "verified"), ("VERIFIED", "verified_lta")


def signed(pdf: bytes, **traits: object) -> bytes:
    return signed_pdfs.signed(pdf, SIGNER, ROOT, **traits)


def certified(pdf: bytes, level: fields.MDPPerm, **traits: object) -> bytes:
    return signed(pdf, certify=True, docmdp_permissions=level, **traits)


def offenders(table: Shapes) -> list[str]:
    found = []
    for name, (make, right) in table.items():
        verdict = said(make())
        if verdict != right:
            found.append(f"{name}: {verdict}, right is {right}")
    return found


# --- Files from elsewhere, with their only root ---

FILES: dict[str, Expected] = {
    "01-control-lta.pdf": LTA,
    "01-lta-widget.pdf": LTA,
    "01b-certified-p1-lta-widget.pdf": LTA,
    "02-hybrid-signed.pdf": VERIFIED,
    "03a-rsa-sha3-256.pdf": VERIFIED,
    "04-linearised-signed-lta.pdf": LTA,
    "05-control.pdf": LTA,
    "05-field-name-with-period-lta.pdf": LTA,
    "24-usage-rights.pdf": ("UNSIGNED", "usage_rights"),
    "25-dangling-reference-lta.pdf": LTA,
    "26-time-stamp-of-type-sig.pdf": LTA,
}


def test_files_that_were_misjudged_once_are_judged_as_they_are() -> None:
    found = {}
    for name in FILES:
        root = shapes.PAYLOADS / f"{name[:2]}-root.pem"
        roots = [x509.Certificate.load(pem.unarmor(root.read_bytes())[2])] if root.exists() else []
        result = signature_verdict.check(
            payload(name), TrustBasis(tuple(roots), datetime.datetime.now(datetime.UTC))
        )
        found[name] = (result["verdict"], result["explanation"])
    assert found == FILES


# --- What the document is made of ---

XMP = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
    b' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/'
    b'elements/1.1/"><dc:title><rdf:Alt><rdf:li>Report</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF>'
    b'</x:xmpmeta><?xpacket end="w"?>'
)
BARE_RDF = XMP.replace(b'<x:xmpmeta xmlns:x="adobe:ns:meta/">', b"").replace(b"</x:xmpmeta>", b"")
MADE_OF: dict[str, Callable[[], bytes]] = {
    "a page with a note, a font and a seal": rich,
    "a form with a field that shows what it holds": shapes.with_text_field,
    "tables for two kinds of readers": shapes.hybrid,
    "read while it loads": lambda: by_qpdf(rich(), "--linearize"),
    "read while it loads, in streams of objects": lambda: by_qpdf(
        rich(), "--linearize", "--object-streams=generate"
    ),
    "streams of objects": lambda: by_qpdf(rich(), "--object-streams=generate"),
    "made over for looking into": lambda: by_qpdf(rich(), "--qdf"),
    "opened by everybody": lambda: signed_pdfs.encrypted(rich(), ""),
    "opened by everybody, as qpdf writes it": lambda: by_qpdf(rich(), "--encrypt", "", "owner", "256"),
    "a reference to nothing": lambda: rich(o1=b"<< /Type /Catalog /Pages 2 0 R /OpenAction 99 0 R >>"),
    "opened where it was left": lambda: rich(
        o1=b"<< /Type /Catalog /Pages 2 0 R /OpenAction [3 0 R /XYZ null null 0] /Lang (en) >>",
        o3=OBJECTS[3].replace(b"/Annots", b"/Trans null /CropBox [0 0 595.0 842.00] /Annots"),
    ),
    "a reference to nothing, below the size": lambda: shapes.document(
        OBJECTS | {1: b"<< /Type /Catalog /Pages 2 0 R /OpenAction 9 0 R >>"}, size=12
    ),
    "numbers that are not used": lambda: shapes.document(OBJECTS, size=40),
    "metadata": lambda: shapes.with_metadata(XMP),
    "metadata that are bare RDF": lambda: shapes.with_metadata(BARE_RDF),
    "metadata that are no XML": lambda: shapes.with_metadata(b"not XML"),
    "changed before it was signed": lambda: signed_pdfs.updated(rich(), signed_pdfs.text_changed),
    "as LibreOffice writes it": lambda: rich().replace(
        b"/Root 1 0 R", b"/Root 1 0 R /DocChecksum /46F53E6E /AdditionalStreams [/text/plain 8 0 R]"
    ),
    "tables of one number": lambda: shapes.tabled_alike(
        by_qpdf(rich(), "--object-streams=generate"), {7: OBJECTS[7]}
    ),
    "with usage rights": lambda: payload("24-usage-rights.pdf"),
}


@pytest.mark.parametrize("then", ["signed", "archived", "stamped in a field of its own"])
def test_whatever_a_document_is_made_of_it_is_verified(then: str) -> None:
    later: dict[str, Callable[[bytes], bytes]] = {
        "signed": lambda pdf: pdf,
        "archived": lambda pdf: archived(pdf, ROOT),
        "stamped in a field of its own": lambda pdf: stamped_in(pdf, ROOT),
    }
    right = VERIFIED if then == "signed" else LTA
    table: Shapes = {
        name: (lambda make=make: later[then](signed(make())), right) for name, make in MADE_OF.items()
    }
    assert offenders(table) == []


# --- How it is signed ---


def by(key: object) -> bytes:
    return signed_pdfs.signed(PLAIN, signed_pdfs.signer(ROOT, key=key), ROOT)


RSA = rsa.generate_private_key(65537, 2048)
ED448 = ed448.Ed448PrivateKey.generate()
SIGNED_SO: Shapes = {
    "RSA": (lambda: by(RSA), VERIFIED),
    "RSA with SHA-512": (
        lambda: signed_pdfs.signed(PLAIN, signed_pdfs.signer(ROOT, key=RSA), ROOT, md_algorithm="sha512"),
        VERIFIED,
    ),
    "PSS": (
        lambda: signed_pdfs.signed(PLAIN, signed_pdfs.signer(ROOT, key=RSA), ROOT, prefer_pss=True),
        VERIFIED,
    ),
    "P-384": (lambda: by(ec.generate_private_key(ec.SECP384R1())), VERIFIED),
    "P-521": (lambda: by(ec.generate_private_key(ec.SECP521R1())), VERIFIED),
    "brainpool": (lambda: by(ec.generate_private_key(ec.BrainpoolP256R1())), VERIFIED),
    "Ed25519": (
        lambda: signed_pdfs.signed(
            PLAIN,
            signed_pdfs.signer(ROOT, key=ed25519.Ed25519PrivateKey.generate()),
            ROOT,
            md_algorithm="sha512",
        ),
        VERIFIED,
    ),
    "Ed448": (
        lambda: signed_pdfs.signed(PLAIN, signed_pdfs.signer(ROOT, key=ED448), ROOT, md_algorithm="shake256"),
        VERIFIED,
    ),
    "ECDSA with SHA-3": (lambda: signed(PLAIN, md_algorithm="sha3_256"), VERIFIED),
    "as before PAdES": (
        lambda: signed(PLAIN, subfilter=fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED),
        VERIFIED,
    ),
    "a full stop in the name": (lambda: archived(signed(PLAIN, field="El.Podpis"), ROOT), LTA),
    "with a reason": (lambda: signed(PLAIN, reason="Made by us", location="Oslo"), VERIFIED),
}


def test_however_it_is_signed_it_is_verified() -> None:
    assert offenders(SIGNED_SO) == []


# --- What is added after it ---

LAYERS = b"q 1 0 0 1 0 0 cm Q"
P1, P2, P3 = fields.MDPPerm.NO_CHANGES, fields.MDPPerm.FILL_FORMS, fields.MDPPerm.ANNOTATE


ADDED: Shapes = {
    "what it is checked with": (lambda: shapes.checkable(SIGNED, ROOT), LTA),
    "what it is checked with, again and more": (
        lambda: archived(shapes.checkable(archived(SIGNED, ROOT), STRANGER_ROOT, ROOT), STRANGER_ROOT),
        LTA,
    ),
    "what it was checked with thrown away": (
        lambda: signed_pdfs.stamped(
            shapes.thrown_away(shapes.checkable(SIGNED, ROOT, STRANGER_ROOT)), signed_pdfs.stamper(ROOT)
        ),
        LTA,
    ),
    "what it was checked with thrown away, after a stamp": (
        lambda: shapes.thrown_away(archived(SIGNED, ROOT)),
        LTA,
    ),
    "two stamps": (lambda: signed_pdfs.stamped(archived(SIGNED, ROOT), signed_pdfs.stamper(ROOT)), LTA),
    "a stamp in a field without appearance": (lambda: stamped_in(SIGNED, ROOT, draws=None), LTA),
    "a stamp whose appearance is a remark": (lambda: stamped_in(SIGNED, ROOT, draws=b"% DSBlank\n"), LTA),
    "a stamp in layers that draw nothing": (lambda: stamped_in(SIGNED, ROOT, draws=LAYERS), LTA),
    "a stamp of another type": (lambda: stamped_in(SIGNED, ROOT, as_type="/Sig"), LTA),
    "a stamp of no type": (lambda: stamped_in(SIGNED, ROOT, as_type=None), LTA),
    "a stamp with a full stop in its name": (lambda: stamped_in(SIGNED, ROOT, name="Time.Stamp"), LTA),
    "a stamp with the defaults of the form": (
        lambda: stamped_in(SIGNED, ROOT, before=shapes.with_defaults),
        LTA,
    ),
    "a stamp with the defaults of a form with fields": (
        lambda: stamped_in(signed(signed_pdfs.with_form(rich())), ROOT, before=shapes.with_defaults),
        LTA,
    ),
    "a stamp that says with what it was made": (
        lambda: stamped_in(
            SIGNED, ROOT, before=shapes.information(Producer="Stamper 2", ModDate="D:20261126")
        ),
        LTA,
    ),
    "a revision that says again what is free": (
        lambda: signed_pdfs.stamped(
            shapes.appended(signed(shapes.document(OBJECTS, size=40)), {}, free={30: 1, 31: 65535}),
            signed_pdfs.stamper(ROOT),
        ),
        LTA,
    ),
    "an object written again as it was": (
        lambda: signed_pdfs.stamped(
            shapes.appended(signed(rich()), {5: OBJECTS[5]}), signed_pdfs.stamper(ROOT)
        ),
        LTA,
    ),
    "a second signature": (lambda: signed(SIGNED, field="Second"), VERIFIED),
    "a second signature and a stamp": (lambda: archived(signed(SIGNED, field="Second"), ROOT), LTA),
    "a second signature that is shown": (lambda: shapes.signed_visibly(SIGNED, SIGNER, ROOT), VERIFIED),
    "certified, nothing allowed": (lambda: archived(certified(PLAIN, P1), ROOT), LTA),
    "certified, nothing allowed, stamped in a field": (lambda: stamped_in(certified(PLAIN, P1), ROOT), LTA),
    "certified, filling in allowed": (lambda: archived(certified(PLAIN, P2), ROOT), LTA),
    "certified, notes allowed": (lambda: archived(certified(PLAIN, P3), ROOT), LTA),
    "certified and signed": (lambda: signed(certified(PLAIN, P2), field="Second"), VERIFIED),
    "certified and signed where it is shown": (
        lambda: shapes.signed_visibly(certified(PLAIN, P2), SIGNER, ROOT),
        VERIFIED,
    ),
    "certified, filled in and signed": (
        lambda: signed(
            signed_pdfs.updated(certified(signed_pdfs.with_form(PLAIN), P2), signed_pdfs.form_filled),
            field="Second",
        ),
        VERIFIED,
    ),
    "certified and filled in": (
        lambda: signed_pdfs.updated(certified(signed_pdfs.with_form(PLAIN), P2), signed_pdfs.form_filled),
        ("CANNOT_TELL", "filled_as_permitted"),
    ),
    "certified, filled in and stamped": (
        lambda: signed_pdfs.stamped(
            signed_pdfs.updated(certified(signed_pdfs.with_form(PLAIN), P2), signed_pdfs.form_filled),
            signed_pdfs.stamper(ROOT),
        ),
        ("CANNOT_TELL", "filled_as_permitted"),
    ),
}


def test_what_is_added_as_it_may_be_changes_nothing() -> None:
    assert offenders(ADDED) == []


def test_nobody_is_accused_where_no_signer_is_trusted() -> None:
    shown = shapes.signed_visibly(certified(PLAIN, P2), STRANGER, STRANGER_ROOT)
    assert said(shown, signed_pdfs.root("Yet Another Root CA")) == ("NOT_TRUSTED", "unknown_root")


def test_where_a_signature_ends_is_told_however_it_is_written() -> None:
    der, ber = b"\x30\x03\x02\x01\x05", b"\x30\x80\x24\x80\x04\x01a\0\0\x02\x01\x05\0\0"
    long = b"\x30\x82\x01\x00" + b"\0" * 256
    for message in (der, ber, long, b"\x7f\x81\x01\x01a"):
        assert pdf_signatures._end_of(message + b"\0more") == len(message)
    for broken in (b"", b"\x30", b"\x30\x80", ber[:-2]):
        with pytest.raises(IndexError):
            pdf_signatures._end_of(broken)


# --- An algorithm that is not known is no forgery ---

UNKNOWN = "1.2.752.9999.1"
ECDSA_SHA256, ECDSA_OTHER = bytes.fromhex("06082a8648ce3d040302"), bytes.fromhex("06082a8648ce3d04037f")


def in_an_unknown_way(by: signed_pdfs.Holder) -> signers.ExternalSigner:
    return signers.ExternalSigner(
        signing_cert=by.asn1,
        cert_registry=SimpleCertificateStore.from_certs([ROOT.asn1]),
        signature_value=b"\1" * 64,
        signature_mechanism=algos.SignedDigestAlgorithm({"algorithm": UNKNOWN}),
    )


def vouched_for_in_an_unknown_way() -> signed_pdfs.Holder:
    der = SIGNER.certificate.public_bytes(Encoding.DER).replace(ECDSA_SHA256, ECDSA_OTHER)
    return signed_pdfs.Holder(load_der_x509_certificate(der), SIGNER.key)


def test_an_algorithm_that_is_not_known_is_no_forgery() -> None:
    unknown = ("CANNOT_TELL", "unknown_algorithm")
    so = signed_pdfs.signed(PLAIN, SIGNER, ROOT, hand=in_an_unknown_way(SIGNER))
    assert (
        offenders(
            {
                "the signature": (lambda: so, unknown),
                "the signature, stamped since": (
                    lambda: signed_pdfs.stamped(so, signed_pdfs.stamper(ROOT)),
                    unknown,
                ),
                "the certificate": (
                    lambda: signed_pdfs.signed(PLAIN, vouched_for_in_an_unknown_way(), ROOT),
                    unknown,
                ),
                "the signature of a changed file": (
                    lambda: signed_pdfs.updated(so, signed_pdfs.text_changed),
                    ("ALTERED", "changed_after"),
                ),
                "the signature of another file": (
                    lambda: so.replace(b"317 835", b"317 836", 1),
                    ("ALTERED", "digest_mismatch"),
                ),
            }
        )
        == []
    )


def test_rsa_with_sha_3_is_held_against_the_key() -> None:
    """pyHanko does not know it: the signature is changed, and its digest is not."""
    pdf = payload("03a-rsa-sha3-256.pdf")
    begins = pdf.index(b"/Contents <") + len(b"/Contents <")
    message = bytes.fromhex(pdf[begins : pdf.index(b">", begins)].decode())
    info = cms.ContentInfo.load(message)["content"]["signer_infos"][0]
    place = begins + 2 * message.index(info["signature"].native)
    spoiled = pdf[:place] + (b"0" if pdf[place : place + 1] != b"0" else b"1") + pdf[place + 1 :]
    root = x509.Certificate.load(pem.unarmor(payload("03-root.pem"))[2])
    result = signature_verdict.check(spoiled, TrustBasis((root,), NOW))
    assert (result["verdict"], result["explanation"]) == ("ALTERED", "bad_signature")


# --- Written otherwise than the standard says ---


def test_a_file_that_is_written_carelessly_is_verified_by_who_signed_all_of_it() -> None:
    careless = rich().replace(b" n \n", b" n\n").replace(b"/Size 8", b"/Size 7")
    whole = signed(careless)
    assert said(whole) == VERIFIED
    assert said(whole.replace(b"A note", b"A nose", 1)) == ("ALTERED", "digest_mismatch")
    assert check(signed_pdfs.stamped(whole, signed_pdfs.stamper(ROOT))).verdict != "ALTERED"
