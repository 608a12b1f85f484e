"""The table of all tabs, each with the TabView that its module hands in."""

from importlib import import_module

from cases.web.case_page.tab_names import Tab
from cases.web.case_page.tab_view import TabView

# Each module is found by the word of its tab: a new tab needs no line but the one in tab_names.py.
VIEWS: dict[Tab, TabView] = {tab: import_module(f"cases.web.case_page.tabs.{tab}").VIEW for tab in Tab}
