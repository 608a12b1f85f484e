"""A PDF that nobody had checked before the upgrade waits for its check after it."""

import pytest
from django.core.management import call_command

from cases.models import ArtefactKind, ArtefactState, PendingSignatureCheck
from tests import factories


@pytest.mark.usefixtures("own_database")
def test_the_upgrade_has_every_unchecked_pdf_checked() -> None:
    unchecked = factories.artefact(factories.session(results={}), ArtefactKind.AML, ArtefactState.CAPTURED)
    factories.artefact(factories.session(results={}), ArtefactKind.JSON, ArtefactState.CAPTURED)
    factories.artefact(factories.session(results={}), ArtefactKind.AML, ArtefactState.FAILED)
    factories.signature_check()
    call_command("migrate", "cases", "0028", verbosity=0)
    call_command("migrate", "cases", verbosity=0)
    assert [pending.artefact for pending in PendingSignatureCheck.objects.all()] == [unchecked]
    assert unchecked.pending_signature_check.claims == 0
