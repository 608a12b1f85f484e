"""Key figures and accounts of the company."""

from cases.web.case_page.tab_view import TabView

VIEW = TabView()
