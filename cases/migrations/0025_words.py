"""What the portal does is named as it is: it polls a session, and a verification has an extent."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0024_lost_answers")]

    operations = [
        migrations.RenameField("amlsession", "looks", "polls"),
        migrations.RenameField("amlsession", "looked_at", "polled_at"),
        migrations.RenameField("verification", "looked_at", "extent"),
        migrations.RenameField("casesearch", "told", "stated"),
    ]
