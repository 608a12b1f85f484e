from django.contrib.auth import views as signing
from django.urls import path, register_converter

from cases.web.converters import Reference, TabName
from cases.web.views import (
    capture,
    case,
    cases,
    change,
    documents,
    health,
    new_case,
    nothing_came,
    portal_events,
    provider,
    reports,
    sign_in,
    signers,
    timeline,
    webhook,
    work,
)

register_converter(Reference, "reference")
register_converter(TabName, "tab")

urlpatterns = [
    path("", work.my_work, name="my_work"),
    path("work/changes/", work.my_work_changes, name="my_work_changes"),
    path("work/take-next/", work.take_next, name="take_next"),
    path("cases/", cases.cases, name="cases"),
    path("cases/new/", new_case.new_case, name="new_case"),
    path("cases/new/check/", new_case.check, name="new_case_check"),
    path("cases/<reference:reference>/take/", work.take, name="take"),
    path("cases/<reference:reference>/", case.case, name="case"),
    path("cases/<reference:reference>/live/", case.live, name="case_live"),
    path("cases/<reference:reference>/timeline/", timeline.events),
    path("cases/<reference:reference>/timeline/comment/", timeline.comment, name="comment"),
    path("cases/<reference:reference>/people/", signers.people),
    path("cases/<reference:reference>/people/signers/", signers.check, name="check_signers"),
    path("cases/<reference:reference>/people/signers/keep/", signers.keep, name="keep_signers"),
    path("cases/<reference:reference>/<tab:tab>/", case.tab, name="case_tab"),
    path("cases/<reference:reference>/change/", change.change, name="change_case"),
    path("cases/<reference:reference>/hand-back/", change.hand_back, name="hand_back"),
    path("cases/<reference:reference>/number/", nothing_came.correct, name="correct_number"),
    path("cases/<reference:reference>/withdraw/", nothing_came.withdraw, name="withdraw_case"),
    path("cases/<reference:reference>/ask/", capture.ask, name="ask_again"),
    path("cases/<reference:reference>/look-again/", capture.look_again, name="look_again"),
    path("cases/<reference:reference>/resolve/", capture.settle, name="settle_capture"),
    path(
        "cases/<reference:reference>/documents/<int:number>/<slug:kind>/", documents.document, name="document"
    ),
    path(
        "cases/<reference:reference>/documents/<int:number>/<slug:kind>/file/",
        documents.shown,
        name="show_document",
    ),
    path(
        "cases/<reference:reference>/documents/<int:number>/<slug:kind>/download/",
        documents.saved,
        name="save_document",
    ),
    path("cases/<reference:reference>/reports/", reports.ask, name="ask_report"),
    path("cases/<reference:reference>/reports/now/", reports.reports_now, name="reports_now"),
    path("cases/<reference:reference>/reports/<int:number>/", reports.report, name="report"),
    path("cases/<reference:reference>/reports/<int:number>/file/", reports.shown, name="show_report"),
    path("cases/<reference:reference>/reports/<int:number>/download/", reports.saved, name="save_report"),
    path(
        "cases/<reference:reference>/documents/<int:number>/<slug:kind>/check/",
        documents.check,
        name="check_signature",
    ),
    path("events/", portal_events.portal_events, name="portal_events"),
    path("provider/", provider.overview, name="provider"),
    path("provider/figures/", provider.refreshed, name="provider_figures"),
    path("login/", sign_in.SignIn.as_view(), name="login"),
    path("login/taken-along/", sign_in.taken_along, name="taken_along"),
    path("logout/", signing.LogoutView.as_view(), name="logout"),
    path("password/", sign_in.PasswordChange.as_view(), name="password_change"),
    path("password/done/", signing.PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("healthz", health.healthz, name="healthz"),
    path("hooks/aml/<str:token>", webhook.knock, name="webhook"),
]
