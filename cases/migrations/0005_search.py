import django.db.models.deletion
from django.db import migrations, models

from cases.findings.search.folded_words import words

# SQLite's index is a table of its own over the words of cases_casesearch, which triggers keep. A migration that makes
# cases_casesearch anew loses them, and must make them again.
SQLITE = [
    "CREATE VIRTUAL TABLE cases_casesearch_words USING fts5(words, content='cases_casesearch', content_rowid='case_id',"
    " detail='none', columnsize=0, prefix='2 3', tokenize='ascii')",
    "CREATE TRIGGER cases_casesearch_added AFTER INSERT ON cases_casesearch BEGIN"
    " INSERT INTO cases_casesearch_words(rowid, words) VALUES (NEW.case_id, NEW.words); END",
    "CREATE TRIGGER cases_casesearch_removed AFTER DELETE ON cases_casesearch BEGIN"
    " INSERT INTO cases_casesearch_words(cases_casesearch_words, rowid, words)"
    " VALUES ('delete', OLD.case_id, OLD.words); END",
    "CREATE TRIGGER cases_casesearch_changed AFTER UPDATE ON cases_casesearch BEGIN"
    " INSERT INTO cases_casesearch_words(cases_casesearch_words, rowid, words)"
    " VALUES ('delete', OLD.case_id, OLD.words);"
    " INSERT INTO cases_casesearch_words(rowid, words) VALUES (NEW.case_id, NEW.words); END",
]
SQLITE_BACK = [
    "DROP TRIGGER cases_casesearch_added",
    "DROP TRIGGER cases_casesearch_removed",
    "DROP TRIGGER cases_casesearch_changed",
    "DROP TABLE cases_casesearch_words",
]
# PostgreSQL's full text needs no extension, and so no rights beyond the database's own. Reading words is a function that
# says what it costs, or else the planner reads all of them rather than the index; they lie outside of the rows, so that
# many rows fit a page.
POSTGRESQL = [
    "CREATE FUNCTION cases_search_vector(text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000"
    " AS $$ BEGIN RETURN array_to_tsvector(string_to_array($1, ' ')); END $$",
    "ALTER TABLE cases_casesearch SET (toast_tuple_target = 128)",
    "CREATE INDEX cases_casesearch_words ON cases_casesearch"
    " USING gin (cases_search_vector(words)) WITH (fastupdate = off)",
]
POSTGRESQL_BACK = ["DROP INDEX cases_casesearch_words", "DROP FUNCTION cases_search_vector(text)"]
TOGETHER = 500


def make_index(_apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def remove_index(_apps, schema_editor):
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement)


def fill(apps, _schema_editor):
    """What was searched so far stays found; what each name is in its result only `reread` can tell."""
    case_search = apps.get_model("cases", "CaseSearch")
    cases = apps.get_model("cases", "Case").objects.select_related("organisation")
    rows = []
    for case in cases.iterator(TOGETHER):
        told = [[line, ["elsewhere"]] for line in case.search_text.split("\n") if line]
        about = case.organisation
        own = (case.reference, case.customer_reference, about.name, f"{about.country} {about.value}")
        found = {word for text in (*own, *(text for text, _what in told)) for word in words(text)}
        rows.append(case_search(case=case, told=told, words=" ".join(sorted(found))))
        if len(rows) == TOGETHER:
            case_search.objects.bulk_create(rows)
            rows = []
    case_search.objects.bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_withdraw_and_hand_over")]

    operations = [
        migrations.CreateModel(
            name="CaseSearch",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("told", models.JSONField(default=list)),
                ("known_as", models.JSONField(default=list)),
                ("words", models.TextField(blank=True)),
            ],
            options={"default_permissions": ()},
        ),
        migrations.RunPython(make_index, remove_index),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
