"""What may stand in our addresses, so that one path never takes another's place."""

from cases.web.case_page.tab_names import EVERY_TAB, AnyTab


class Reference:
    """A case's reference, such as C-2026-000123."""

    regex = r"C-[0-9]{4}-[0-9]{6,9}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class TabName:
    """The word of a tab of the case page."""

    regex = "|".join(tab.value for tab in EVERY_TAB)

    def to_python(self, value: str) -> AnyTab:
        return next(tab for tab in EVERY_TAB if tab.value == value)

    def to_url(self, value: str) -> str:
        return str(value)
