"""Two organisations with one DUNS number or LEI: said on the overview of both, with the way to the other."""

import pytest
from django.test import Client

from cases.models import Case, OrganisationIdentity
from cases.models.casework.identity import IdentityKind
from tests import factories
from tests.web.pages import page

pytestmark = pytest.mark.django_db
LEI, OTHER_LEI = "5493001KJTIIGC8Y1R12", "5493001KJTIIGC8Y1R13"


def known_by(case: Case, lei: str) -> Case:
    artefact = factories.artefact(factories.session(case, results={}), "json", "CAPTURED", data=b"{}")
    OrganisationIdentity.objects.create(
        organisation=case.organisation, kind=IdentityKind.LEI, country="", value=lei, learned_from=artefact
    )
    return case


def notices(client: Client, case: Case) -> list[str]:
    found = page(client.get(f"/cases/{case.reference}/overview/")).xpath("//*[@id='shared-number']")
    return [item.text_content() for item in found]


@pytest.mark.parametrize(("lei", "is_said"), [(LEI, True), (OTHER_LEI, False)])
def test_a_number_of_another_organisation_is_said_on_both_overviews(
    client: Client, lei: str, is_said: bool
) -> None:
    client.force_login(factories.kari())
    one = known_by(factories.case(factories.organisation("317835337"), name="FJELLHEIM"), LEI)
    other = known_by(factories.case(factories.organisation("312433060"), name="STORFJORD"), lei)
    for case, elsewhere in ((one, other), (other, one)):
        texts = notices(client, case)
        assert len(texts) == is_said
        for text in texts:
            assert elsewhere.reference in text
            assert elsewhere.organisation.number in text
            assert "Nothing is merged" in text
