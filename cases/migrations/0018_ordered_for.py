import json

import django.db.models.deletion
from django.db import migrations, models

from cases.migrations import _triggers


def remove(_apps, schema_editor):
    _triggers.remove(schema_editor.connection)


def install(_apps, schema_editor):
    _triggers.install(schema_editor.connection)


def fill(apps, _schema_editor):
    """By the numbers that were corrected so far, as their events tell."""
    events = apps.get_model("cases", "AuditEvent").objects.filter(verb="NUMBER_CORRECTED")
    for event in events.select_related("chain", "detail").order_by("at", "pk").iterator():
        before = _organisation(apps, event.detail.body)
        if before is not None:
            apps.get_model("cases", "AmlSession").objects.filter(
                case=event.chain.case_id, requested_at__lt=event.at, ordered_for=None
            ).update(ordered_for=before)


def _organisation(apps, body):
    """The organisation whose number stood there before: 'NO 317 835 337', 'SE DUNS 30-123-4567'."""
    try:
        country, _space, number = json.loads(body)["number"][0].partition(" ")
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        return None  # erased, as the law may demand
    kind, value = ("DUNS", number[5:].replace("-", "")) if number.startswith("DUNS ") else ("ORG", number)
    organisations = apps.get_model("cases", "Organisation").objects
    return organisations.filter(
        country=country.lower(), kind=kind, value__in=[value, value.replace(" ", "")]
    ).first()


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0017_altered_in_one_word"),
    ]

    operations = [
        # SQLite makes the table of sessions anew, and its triggers would be gone (docs/audit.md).
        migrations.RunPython(remove, install),
        migrations.AddField(
            model_name="amlsession",
            name="ordered_for",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.organisation",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(install, remove),
    ]
