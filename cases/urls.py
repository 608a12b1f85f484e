from django.contrib.auth import views as signing
from django.urls import path, register_converter

from cases.web.case_changes import views as case_changes_views
from cases.web.case_list import views as case_list_views
from cases.web.case_page import views as case_page_views
from cases.web.case_page.tabs import document_views, people_views, report_views, timeline_views
from cases.web.converters import Reference, TabName
from cases.web.my_work import views as my_work_views
from cases.web.new_case import views as new_case_views
from cases.web.operations import health_views, portal_event_views
from cases.web.operations import views as operations_views
from cases.web.ordering import nothing_came_views
from cases.web.ordering import views as ordering_views
from cases.web.sign_in import views as sign_in_views
from cases.web.webhook import views as webhook_views

register_converter(Reference, "reference")
register_converter(TabName, "tab")

urlpatterns = [
    path("", my_work_views.my_work, name="my_work"),
    path("work/changes/", my_work_views.my_work_changes, name="my_work_changes"),
    path("work/take-next/", my_work_views.take_next, name="take_next"),
    path("cases/", case_list_views.cases, name="cases"),
    path("cases/new/", new_case_views.new_case, name="new_case"),
    path("cases/new/check/", new_case_views.check, name="new_case_check"),
    path("cases/<reference:reference>/take/", my_work_views.take, name="take"),
    path("cases/<reference:reference>/", case_page_views.case, name="case"),
    path("cases/<reference:reference>/live/", case_page_views.live, name="case_live"),
    path("cases/<reference:reference>/timeline/comment/", timeline_views.comment, name="comment"),
    path("cases/<reference:reference>/people/signers/", people_views.check, name="check_signers"),
    path("cases/<reference:reference>/people/signers/keep/", people_views.keep, name="keep_signers"),
    path("cases/<reference:reference>/<tab:tab>/", case_page_views.tab, name="case_tab"),
    path("cases/<reference:reference>/change/", case_changes_views.change, name="change_case"),
    path("cases/<reference:reference>/hand-back/", case_changes_views.hand_back, name="hand_back"),
    path("cases/<reference:reference>/number/", nothing_came_views.correct, name="correct_number"),
    path("cases/<reference:reference>/withdraw/", nothing_came_views.withdraw, name="withdraw_case"),
    path("cases/<reference:reference>/ask/", ordering_views.order, name="order_again"),
    path("cases/<reference:reference>/look-again/", ordering_views.look_again, name="look_again"),
    path("cases/<reference:reference>/resolve/", ordering_views.resolve, name="resolve_capture"),
    path(
        "cases/<reference:reference>/documents/<int:number>/<slug:kind>/",
        document_views.document,
        name="document",
    ),
    path(
        "cases/<reference:reference>/documents/<int:number>/<slug:kind>/file/",
        document_views.shown,
        name="show_document",
    ),
    path(
        "cases/<reference:reference>/documents/<int:number>/<slug:kind>/download/",
        document_views.saved,
        name="save_document",
    ),
    path("cases/<reference:reference>/reports/", report_views.order_report, name="order_report"),
    path("cases/<reference:reference>/reports/now/", report_views.reports_now, name="reports_now"),
    path("cases/<reference:reference>/reports/<int:number>/", report_views.report, name="report"),
    path("cases/<reference:reference>/reports/<int:number>/file/", report_views.shown, name="show_report"),
    path(
        "cases/<reference:reference>/reports/<int:number>/download/", report_views.saved, name="save_report"
    ),
    path(
        "cases/<reference:reference>/documents/<int:number>/<slug:kind>/check/",
        document_views.check,
        name="check_signature",
    ),
    path("events/", portal_event_views.portal_events, name="portal_events"),
    path("provider/", operations_views.overview, name="provider"),
    path("provider/figures/", operations_views.refreshed, name="provider_figures"),
    path("login/", sign_in_views.SignIn.as_view(), name="login"),
    path("login/taken-along/", sign_in_views.taken_along, name="taken_along"),
    path("logout/", signing.LogoutView.as_view(), name="logout"),
    path("password/", sign_in_views.PasswordChange.as_view(), name="password_change"),
    path("password/done/", signing.PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("healthz", health_views.healthz, name="healthz"),
    path("hooks/aml/<str:token>", webhook_views.receive, name="webhook"),
]
