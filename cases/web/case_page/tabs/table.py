"""Every tab with what it hands in."""

from importlib import import_module

from cases.web.case_page.tab_names import Tab
from cases.web.case_page.tab_view import TabView

# Each is found by its word, so that a new one needs no line but the one among the names.
VIEWS: dict[Tab, TabView] = {tab: import_module(f"cases.web.case_page.tabs.{tab}").VIEW for tab in Tab}
