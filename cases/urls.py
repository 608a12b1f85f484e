"""The addresses of every screen; each folder of `cases/web` says its own. No address depends on their order."""

from django.urls import include, path, register_converter

from cases.web.converters import Reference, TabName

register_converter(Reference, "reference")
register_converter(TabName, "tab")

CASE = "cases/<reference:reference>/"

urlpatterns = [
    path("", include("cases.web.my_work.urls")),
    path("", include("cases.web.case_list.urls")),
    path("", include("cases.web.new_case.urls")),
    path(CASE, include("cases.web.case_page.urls")),
    path(CASE, include("cases.web.case_changes.urls")),
    path(CASE, include("cases.web.ordering.urls")),
    path("", include("cases.web.policy.urls")),
    path("", include("cases.web.operations.urls")),
    path("", include("cases.web.sign_in.urls")),
    path("", include("cases.web.webhook.urls")),
]
