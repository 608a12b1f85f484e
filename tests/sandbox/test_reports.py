"""The reports: readable, and signed so that a verifier trusts them."""

import shutil
import subprocess
from pathlib import Path

import pytest

from amlportal.sandbox.reports.pages import report_pdf
from amlportal.sandbox.server import RunningSandbox
from amlportal.sandbox.universe.catalogue import Universe
from amlportal.sandbox.universe.generated import generate
from amlportal.sandbox.universe.organisation import Organisation
from tests.sandbox.conftest import Starter
from tests.sandbox.customer import Customer
from tests.sandbox.signatures import verdict

UNIVERSE = Universe()


def words_of(pdf: bytes, folder: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler-utils is not installed")
    path = folder / "report.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    return done.stdout.decode()


@pytest.mark.parametrize("kind", ["aml", "certificate_of_registration"])
def test_a_report_is_signed_by_somebody_the_root_vouches_for(
    sandbox: RunningSandbox, customer: Customer, kind: str
) -> None:
    session = customer.open("no", "317835337")
    customer.wait_for(session)
    root = customer.control("GET", "ca.pem").content
    assert root == sandbox.root_pem
    seen = verdict(customer.report(session, kind).content, root)
    assert (seen.signatures, seen.intact, seen.trusted, seen.whole, seen.good) == (1, True, True, True, True)


def test_the_root_of_another_sandbox_does_not_vouch(
    customer: Customer, start: Starter, tmp_path: Path
) -> None:
    other = start(state_dir=tmp_path)
    session = customer.open("no", "317835337")
    customer.wait_for(session)
    assert not verdict(customer.report(session).content, other.root_pem).trusted


def test_a_sandbox_keeps_its_authority_and_its_reports(start: Starter, tmp_path: Path) -> None:
    first = start(state_dir=tmp_path)
    session = Customer(first.url).open("dk", "42914177")
    Customer(first.url).wait_for(session)
    first.stop()
    second = start(state_dir=tmp_path)
    customer = Customer(second.url)
    assert second.root_pem == first.root_pem
    customer.wait_for(customer.open("dk", "42914177"))
    assert second.stats()["reports_signed"] == 0
    assert (tmp_path / "authority.pem").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("language", "title", "chair"),
    [
        ("en", "AML report", "Chair of the board"),
        ("no", "AML-rapport", "Styrets leder"),
        ("nb", "AML-rapport", "Styrets leder"),
        ("nn", "AML-rapport", "Styreleiar"),
    ],
)
def test_a_report_speaks_the_language_asked_for(
    tmp_path: Path, language: str, title: str, chair: str
) -> None:
    organisation = UNIVERSE.find("NO", "317835337")
    assert organisation is not None
    words = words_of(report_pdf(organisation, organisation.result, "aml", language), tmp_path)
    assert title in words
    assert chair in words
    assert "Fjellheim Energy Trading" in words


def test_nordic_letters_come_out_as_they_are(tmp_path: Path) -> None:
    organisation = generate("NO", "987654325", name="ÆØÅ æøå ÄÖ äö éü ASA")
    words = words_of(
        report_pdf(organisation, organisation.result, "certificate_of_registration", "nb"), tmp_path
    )
    assert "ÆØÅ æøå ÄÖ äö éü ASA" in words
    assert "Firmaattest" in words


def test_markup_in_a_name_stays_text(tmp_path: Path) -> None:
    organisation = UNIVERSE.find("NO", "312691493")
    assert organisation is not None
    assert "<b>Sønn</b>" in words_of(report_pdf(organisation, organisation.result, "aml", "en"), tmp_path)


def test_empty_and_missing_chapters_are_told_apart(tmp_path: Path) -> None:
    holding = UNIVERSE.find("NO", "312433060")
    denmark = UNIVERSE.find("DK", "42914177")
    assert holding is not None
    assert denmark is not None
    assert "could not be made" in words_of(report_pdf(holding, holding.result, "aml", "en"), tmp_path)
    assert "Searched, nothing found" in words_of(report_pdf(denmark, denmark.result, "aml", "en"), tmp_path)


@pytest.mark.parametrize("one", UNIVERSE.organisations[::5], ids=lambda one: one.scope)
def test_every_kind_of_organisation_can_be_printed(one: Organisation) -> None:
    for kind in ("aml", "certificate_of_registration"):
        assert report_pdf(one, one.result, kind, "nb").startswith(b"%PDF")


def test_hostile_results_can_be_printed() -> None:
    organisation = generate("NO", "987654325")
    for chapter in organisation.result:
        for value in (7, [None], {"metadata": 3, "years": [None], "boardMembers": [7], "shareholders": "x"}):
            spoilt = {**organisation.result, chapter: value}
            assert report_pdf(organisation, spoilt, "aml", "en").startswith(b"%PDF")


def test_a_report_without_the_ofac_scope_is_silent_about_ofac(customer: Customer, tmp_path: Path) -> None:
    basic = Customer(customer.url, scopes="aml_organization/basic")
    session = basic.open("no", "310633860", reports=["aml"], expands=[])
    basic.wait_for(session)
    words = words_of(basic.report(session).content, tmp_path)
    assert "OFAC" not in words.replace("KUN OFAC HANDEL", "")
