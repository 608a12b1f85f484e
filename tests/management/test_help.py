"""What the commands say of themselves is written for people."""

import re

from django.core.management import get_commands, load_command_class


def test_no_help_says_a_name_of_the_code() -> None:
    ours = [name for name, app in get_commands().items() if app == "cases"]
    assert "seed" in ours
    wrong = []
    for name in ours:
        parser = load_command_class("cases", name).create_parser("manage.py", name)
        texts = [parser.description, parser.epilog, *(action.help for action in parser._actions)]
        wrong += [
            (name, word) for text in texts for word in re.findall(r"\b(?:is|has|are|was|may)_\w+", text or "")
        ]
    assert not wrong
