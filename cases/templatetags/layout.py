"""How a template is laid out in lines, without the page having its line breaks."""

import re

from django import template
from django.template.base import Node, NodeList, Parser, TextNode, Token
from django.template.context import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()

_BREAK = re.compile(r"[ \t]*\n\s*")


def _without_breaks(nodelist: NodeList) -> NodeList:
    """Take every line break of the template out, with the white space around it; values are not touched."""
    for node in nodelist.get_nodes_by_type(TextNode):
        assert isinstance(node, TextNode)  # noqa: S101 (for the type checker)
        node.s = _BREAK.sub("", node.s)
    return nodelist


class _Inline(Node):
    """What stands between `{% inline %}` and `{% endinline %}`."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = _without_breaks(nodelist)

    def render(self, context: Context) -> SafeString:
        return self.nodelist.render(context)


class _Joined(Node):
    """The parts of `{% joined %}`, and what stands between two of them."""

    child_nodelists = ("parts",)

    def __init__(self, separator: str, parts: list[NodeList]) -> None:
        self.separator = separator
        self.lists = [_without_breaks(part) for part in parts]
        self.parts = NodeList(node for part in self.lists for node in part)

    def render(self, context: Context) -> SafeString:
        rendered = (part.render(context) for part in self.lists)
        return format_html_join(self.separator, "{}", ((text,) for text in rendered if text.strip()))


@register.tag
def inline(parser: Parser, _token: Token) -> Node:
    """Leave out every line break of the template inside, with the white space around it.

    So a phrase that must stand together can be written on many lines: white space that is meant stands within a line.
    What values hold, and the text of included templates, is not touched.
    """
    nodelist = parser.parse(("endinline",))
    parser.delete_first_token()
    return _Inline(nodelist)


@register.tag
def joined(parser: Parser, token: Token) -> Node:
    """Write the parts that have a text, with a separator between two: `{% joined " · " %}a{% part %}b{% endjoined %}`.

    Line breaks are left out as by `{% inline %}`.
    """
    try:
        _name, separator = token.split_contents()
    except ValueError as error:
        raise template.TemplateSyntaxError("joined takes the separator, in quotes") from error
    parts = []
    while True:
        parts.append(parser.parse(("part", "endjoined")))
        if parser.next_token().contents == "endjoined":
            return _Joined(separator.strip("\"'"), parts)
