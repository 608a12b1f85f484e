"""The project keeps the rules of the house, and each rule notices when it is broken."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house import house_rules as rules
from tests.house.house_glossary import retired_words
from tests.house.house_words import words_given_up

PROJECT = Path(__file__).resolve().parents[2]
Rule = Callable[[Path], list[str]]

RULES: list[Rule] = [
    rules.things_kept_apart,
    rules.views_that_views_rest_on,
    rules.questions_which_tab_it_is,
    rules.passwords_set_elsewhere,
    rules.permissions_by_hand,
    rules.unfinished_work,
    rules.unescaped_text,
    rules.inline_code,
    rules.addresses_outside,
    rules.times_without_zone,
    rules.classes_styled_twice,
    rules.files_too_long,
    rules.template_lines_too_long,
    rules.variables_that_say_nothing,
    rules.grab_bags,
    rules.pins_below_their_floor,
    rules.faults_not_looked_up,
    rules.pins_without_hash,
    rules.undocumented_variables,
    rules.missing_documents,
    rules.modules_that_are_gone,
    words_given_up,
    retired_words,
]

SINS: list[tuple[Rule, str, str]] = [
    (rules.things_kept_apart, "cases/web/sin.py", "from django.db import transaction\ntransaction.atomic()"),
    (rules.things_kept_apart, "cases/models/sin.py", "from django.db.transaction import atomic as together"),
    (rules.things_kept_apart, "cases/workflows/sin.py", "import requests"),
    (rules.things_kept_apart, "cases/web/sin.py", "from requests import get"),
    (rules.things_kept_apart, "cases/workflows/sin.py", "from urllib.request import urlopen"),
    (rules.things_kept_apart, "cases/presentation/sin.py", "import weasyprint"),
    (rules.things_kept_apart, "cases/workflows/sin.py", "from django_q.tasks import async_task"),
    (rules.views_that_views_rest_on, "cases/web/sin/views.py", "from cases.web.case_page.views import tab"),
    (rules.views_that_views_rest_on, "cases/web/sin/sin_views.py", "from cases.web.sin import views"),
    (rules.questions_which_tab_it_is, "cases/web/sin.py", "if page.tab == Tab.TIMELINE: pass"),
    (rules.questions_which_tab_it_is, "cases/web/sin.py", "is_kept = page.tab in OF_THE_RESULT"),
    (rules.questions_which_tab_it_is, "templates/sin.html", '{% if tab == "screening" %}'),
    (rules.passwords_set_elsewhere, "cases/admin.py", "user.set_password('x')"),
    (rules.passwords_set_elsewhere, "cases/management/commands/sin.py", "User.objects.create_superuser('x')"),
    (rules.permissions_by_hand, "cases/web/sin.py", "user.has_perm('cases.open_case')"),
    (rules.permissions_by_hand, "cases/web/sin.py", "user.has_perm(f'cases.{verb}')"),
    (rules.permissions_by_hand, "templates/sin.html", "{% if perms.cases.open_case %}"),
    (rules.permissions_by_hand, "templates/sin.html", "{% if may.open_cases %}"),
    (rules.modules_that_are_gone, "cases/sin.py", "# as gone.py has it"),
    (rules.unfinished_work, "cases/sin.py", "# TO" + "DO: later"),
    (rules.unfinished_work, "templates/sin.html", "{# FIX" + "ME #}"),
    (rules.unescaped_text, "cases/web/sin.py", "from django.utils.safestring import mark_safe"),
    (rules.unescaped_text, "templates/sin.html", "{{ name | safe }}"),
    (rules.unescaped_text, "templates/sin.html", "{% autoescape off %}"),
    (rules.inline_code, "templates/sin.html", '<p style="color: red">'),
    (rules.inline_code, "templates/sin.html", '<button onclick="go()">'),
    (rules.inline_code, "templates/sin.html", '<button hx-on:click="go()">'),
    (rules.inline_code, "templates/sin.html", "<script>go()</script>"),
    (rules.inline_code, "templates/sin.html", '<a href="javascript:go()">'),
    (rules.addresses_outside, "templates/sin.html", '<script src="https://cdn.example.com/x.js"></script>'),
    (rules.addresses_outside, "templates/sin.html", '<img src="//cdn.example.com/x.png">'),
    (rules.addresses_outside, "static/sin.css", "@import url(https://fonts.example.com/inter.css);"),
    (rules.times_without_zone, "templates/sin.html", '{{ at|date:"j M Y, H:i" }}'),
    (rules.times_without_zone, "templates/sin.html", "{{ at|date:'H:i:s T' }}"),
    (rules.times_without_zone, "templates/sin.html", "{{ at|time }}"),
    (rules.classes_styled_twice, "static/sin.css", ".sinless,\n.cautions { color: red }"),
    (rules.files_too_long, "cases/sin.py", "x = 1\n" * 401),
    (rules.template_lines_too_long, "templates/sin/sin.html", "<p>" + "x" * 138),
    (rules.variables_that_say_nothing, "cases/web/sin.py", "names = [each.name for each in people]"),
    (rules.variables_that_say_nothing, "cases/web/sin.py", "def name(of: object) -> str: return str(of)"),
    (rules.variables_that_say_nothing, "amlportal/sin.py", "told = 1"),
    (rules.variables_that_say_nothing, "templates/sin.html", "{% for place, each in places %}{% endfor %}"),
    (rules.variables_that_say_nothing, "templates/sin.html", "{% with told=entry %}{% endwith %}"),
    (rules.things_kept_apart, "cases/workflows/sin.py", "import fcntl"),
    (rules.grab_bags, "cases/web/utils.py", ""),
    (rules.grab_bags, "cases/helpers/names.py", ""),
    (rules.pins_below_their_floor, "requirements.txt", "django==5.2.18 --hash=sha256:00"),
    (rules.faults_not_looked_up, "requirements.in", "requests\nnever-heard-of[s3]~=1.0\n"),
    (rules.pins_below_their_floor, "requirements.txt", "requests==2.34.2 --hash=sha256:00"),
    (rules.pins_without_hash, "requirements.txt", "django==5.2.19"),
    (rules.pins_without_hash, "requirements.txt", "--extra-index-url https://packages.example/simple"),
    (rules.undocumented_variables, "cases/sin.py", "env.text('NOBODY_KNOWS_OF_IT')"),
    (rules.undocumented_variables, "cases/sin.py", "os.environ['NOBODY_KNOWS_OF_IT']"),
    (rules.undocumented_variables, ".env.example", "NOBODY_READS_IT=1"),
    (rules.missing_documents, "cases/sin.py", "# why: doc" + "s/nowhere.md"),
    (rules.missing_documents, "doc" + "s/sin.md", "[elsewhere](nowhere.md)"),
    (words_given_up, "templates/sin.html", '{% translate "Asked for by" %}'),
    (words_given_up, "templates/sin.html", "{% blocktranslate %}{{ n }} are stuck{% endblocktranslate %}"),
    (words_given_up, "templates/sin.html", "{% include 'x.html' with title=_(\"Try again\") %}"),
    (words_given_up, "cases/web/sin.py", "SIN = gettext_lazy('Outcome of create unknown')"),
    (words_given_up, "cases/web/sin.py", "ngettext('%(n)d remark', '%(n)d remarks', n)"),
    (words_given_up, "cases/management/commands/sin.py", "raise CommandError(f'{n} unresolved hits')"),
    (retired_words, "cases/web/sin.py", "def read_knock(): ..."),
    (retired_words, "tests/sin.py", "class TheWish: ..."),
    (retired_words, "cases/models/sin.py", "from cases.models import Report"),
    (retired_words, "cases/paperwork/sin.py", ""),
    (retired_words, "templates/sin.html", "{{ desk.rows }}"),
    (retired_words, "README.md", "The bell is silenced."),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_project_keeps_the_rule(rule: Rule) -> None:
    assert rule(PROJECT) == []


@pytest.mark.parametrize(("rule", "path", "text"), SINS, ids=lambda value: getattr(value, "__name__", None))
def test_the_rule_notices_when_it_is_broken(rule: Rule, path: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    (tmp_path / "docs").mkdir()
    for name in (
        "requirements.in",
        "requirements.txt",
        "requirements-dev.txt",
        ".env.example",
        "static/case.css",
        "docs/glossary.md",
    ):
        shutil.copyfile(PROJECT / name, tmp_path / name)
    before = {*rule(tmp_path)}
    sinner = tmp_path / path
    sinner.parent.mkdir(parents=True, exist_ok=True)
    sinner.write_text(text, encoding="utf-8")
    assert {*rule(tmp_path)} - before
