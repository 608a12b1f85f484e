from django.db import migrations


class Migration(migrations.Migration):
    """On its own: PostgreSQL alters no table in the transaction that wrote rows which point to it."""

    dependencies = [("cases", "0005_search")]

    operations = [migrations.RemoveField(model_name="case", name="search_text")]
