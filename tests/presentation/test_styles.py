"""One table says how every state looks, and each icon of it can be drawn."""

import re
from pathlib import Path

from django.conf import settings

from cases.models import EvidenceState, SessionState, Verdict
from cases.presentation import styles


def test_every_state_has_a_style() -> None:
    assert set(styles.SESSIONS) == set(SessionState)
    assert set(styles.VERDICTS) == set(Verdict)
    assert {*styles.UNUSABLE, EvidenceState.USABLE} >= {
        EvidenceState.ABOUT_ANOTHER,
        EvidenceState.ALTERED,
        EvidenceState.UNREADABLE,
    }


def test_every_icon_is_there() -> None:
    drawn = set(re.findall(r'id="([\w-]+)"', (Path(settings.BASE_DIR) / "static/icons.svg").read_text()))
    tables = (styles.SESSIONS, styles.VERDICTS, styles.UNUSABLE, styles.RESULTS)
    used = {style.icon for table in tables for style in table.values()}
    used |= {style.icon for style in (styles.NOTHING_ORDERED, styles.WAITING, styles.EXPIRING, styles.LOST)}
    assert used <= drawn
