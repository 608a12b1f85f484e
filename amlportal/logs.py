"""What must not reach a log."""

import logging
import re

_HOOK = re.compile(r"(/hooks/aml/)[^/\s?]+")


class HideTokens(logging.Filter):
    """Blank the token in the address of a webhook: it is the only part of an address of ours that is secret."""

    def filter(self, record: logging.LogRecord) -> bool:
        if "/hooks/" in record.getMessage():
            record.msg, record.args = _HOOK.sub(r"\1[token]", record.getMessage()), None
        return True
