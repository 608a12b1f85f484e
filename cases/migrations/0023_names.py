"""What has another name in the code has it in the database."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0022_verifications")]

    operations = [
        migrations.RenameField("amlsession", "rung", "wake_requested"),
        migrations.RenameModel("RefusedKnocks", "RefusedDeliveries"),
        migrations.RenameModel("Pulse", "Heartbeat"),
    ]
