"""What an older portal knew of its cases is found after the upgrade, before anything is read again."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from cases.findings.names.collation import sort_key
from cases.findings.search.folded_words import Query
from cases.models import Case, Organisation


@pytest.mark.usefixtures("own_database")
def test_the_upgrade_keeps_what_was_searched_and_sorted() -> None:
    call_command("migrate", "cases", "0004", verbosity=0)
    apps = MigrationExecutor(connection).loader.project_state([("cases", "0004_withdraw_and_hand_over")]).apps
    about = apps.get_model("cases", "Organisation").objects.create(
        country="se", kind="ORG", value="556036-0793", name="Storsjön AB"
    )
    now = timezone.now()
    apps.get_model("cases", "Case").objects.create(
        reference="C-2026-000042",
        organisation=about,
        opened_at=now,
        updated_at=now,
        search_text="gunhild brattholmen\nnordlys as",
    )
    call_command("migrate", "cases", verbosity=0)
    typed = ("C-42", "storsjon", "SE556036079301", "brattholmen nordlys")
    assert Organisation.objects.get().sort_key == sort_key("Storsjön AB")
    assert [typed for typed in typed if not Case.objects.found_by(Query(typed)).exists()] == []
