"""What was counted as doubts is counted as what it is: answers to orders that were lost."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0023_names")]

    operations = [migrations.RenameField("amlsession", "doubts", "lost_answers")]
