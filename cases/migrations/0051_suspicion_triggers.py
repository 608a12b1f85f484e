"""What gave rise to a note of suspicion, kept with it."""

from django.db import migrations, models

from cases.migrations._steps import install_guards, remove_guards


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0050_party_searches"),
    ]

    operations = [
        # Tables are made anew on SQLite where a column changes.
        migrations.RunPython(remove_guards, install_guards),
        migrations.AddField(
            model_name="suspicionnote",
            name="triggers",
            field=models.JSONField(default=list),
        ),
        migrations.RunPython(install_guards, remove_guards),
    ]
