"""The company itself, as the result describes it."""

from cases.web.case_page.tab_view import TabView

VIEW = TabView()
