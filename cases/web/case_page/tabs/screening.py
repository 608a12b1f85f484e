"""What the search in lists of sanctions and of exposed persons found."""

from cases.web.case_page.tab_view import TabView

VIEW = TabView(badge="case_page/screening/_hit_count.html")
