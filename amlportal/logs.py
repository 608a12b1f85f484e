"""Logging filters that keep tokens and long foreign text out of the logs."""

import logging
import re

_HOOK = re.compile(r"(/hooks/aml/)[^/\s?]+")
LONGEST = 300  # characters of what a stranger made us write


class HideTokens(logging.Filter):
    """Blank the token in the address of a webhook: it is the only part of an address of ours that is secret."""

    def filter(self, record: logging.LogRecord) -> bool:
        if "/hooks/" in record.getMessage():
            record.msg, record.args = _HOOK.sub(r"\1[token]", record.getMessage()), None
        return True


class OneLine(logging.Filter):
    """Shorten a record to one line, at most a warning: what a stranger sent wrongly is no error of ours."""

    def filter(self, record: logging.LogRecord) -> bool:
        line = " ".join(record.getMessage().split())
        record.msg, record.args = line if len(line) <= LONGEST else f"{line[:LONGEST]}…", None
        record.exc_info = record.exc_text = record.stack_info = None
        record.levelno, record.levelname = min(
            (record.levelno, record.levelname), (logging.WARNING, logging.getLevelName(logging.WARNING))
        )
        return True
