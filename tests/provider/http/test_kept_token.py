import json
import time
from pathlib import Path

import responses

from cases.provider.client import ProviderClient
from tests.provider.conftest import TOKEN_URL, config_for


def test_before_the_first_call_no_token_is_kept_and_none_is_asked_for(client: ProviderClient, api) -> None:
    assert client.kept_token() is None
    assert len(api.calls) == 0


def test_what_another_worker_got_is_told_without_its_value(
    client: ProviderClient, api, tmp_path: Path
) -> None:
    granted = {"access_token": "token-2", "expires_in": 300, "scope": "aml_organization/basic"}
    api.replace(responses.POST, TOKEN_URL, json=granted)
    client.access()
    asked = len(api.calls)
    kept = ProviderClient(config_for(tmp_path)).kept_token()
    assert kept is not None
    assert (kept.granted_scopes, kept.missing_scopes) == (
        ("aml_organization/basic",),
        ("aml_organization/OFAC",),
    )
    assert 290 < kept.expires_at.timestamp() - time.time() <= 300
    assert "token-2" not in repr(kept)
    assert len(api.calls) == asked


def test_a_kept_token_that_is_not_whole_is_none(client: ProviderClient, api, tmp_path: Path) -> None:
    client.access()
    for file in (tmp_path / "state").glob("token-*.json"):
        file.write_text(json.dumps({"access_token": "x"}))
    assert client.kept_token() is None
