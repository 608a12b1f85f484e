"""The table of all tabs, each with the TabView that its module hands in."""

from importlib import import_module

from cases.models import User
from cases.web.case_page.tab_names import EVERY_TAB, AnyTab, Tab
from cases.web.case_page.tab_view import TabView

# Each module is found by the word of its tab: a new tab needs no line but the one in tab_names.py.
VIEWS: dict[AnyTab, TabView] = {
    tab: import_module(f"cases.web.case_page.tabs.{tab}").VIEW for tab in EVERY_TAB
}


def views_of(reader: User) -> dict[AnyTab, TabView]:
    """The tabs that there are for this person."""
    return {tab: view for tab, view in VIEWS.items() if view.is_open_to(reader)}


def tab_called(word: str, reader: User) -> AnyTab:
    """The tab with this word; the overview if there is none such for this person."""
    return next((tab for tab in views_of(reader) if tab.value == word), Tab.OVERVIEW)
