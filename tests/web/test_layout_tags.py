"""A phrase of a template may be written on many lines, and stands together on the page."""

import pytest
from django.template import Context, Template, TemplateSyntaxError

INLINE = """{% load layout %}{% inline %}
  {{ name }}
  {% if born %}
    , born {{ born }}
  {% endif %}
  {% for word in words %} {{ word }}{% endfor %}
{% endinline %}"""
JOINED = """{% load layout %}{% joined " · " %}
  {{ name }}
  {% part %}
    {% if born %}born {{ born }}{% endif %}
  {% part %}{% for word in words %}{{ word }}{% endfor %}
{% endjoined %}"""


def written(template: str, **values: object) -> str:
    return Template(template).render(Context(values))


def test_line_breaks_of_the_template_are_left_out_and_those_of_a_value_are_kept() -> None:
    assert (
        written(INLINE, name="Kari\n Nordmann", born=1980, words=["a", "b"])
        == "Kari\n Nordmann, born 1980 a b"
    )


def test_parts_without_a_text_have_no_separator() -> None:
    assert written(JOINED, name="Kari", born=1980, words=["a"]) == "Kari · born 1980 · a"
    assert written(JOINED, name="Kari", words=["a"]) == "Kari · a"
    assert written(JOINED, born=1980) == "born 1980"
    assert written(JOINED) == ""


def test_what_a_value_holds_is_escaped_once() -> None:
    assert written(JOINED, name="<b> & co") == "&lt;b&gt; &amp; co"
    assert written('{% load layout %}{% joined " < " %}a{% part %}b{% endjoined %}') == "a &lt; b"


@pytest.mark.parametrize("template", ["{% joined %}a{% endjoined %}", '{% joined "," "." %}a{% endjoined %}'])
def test_joined_says_what_it_takes(template: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="joined takes the separator, in quotes"):
        Template("{% load layout %}" + template)
