from django.urls import path

from cases.web.case_page import views
from cases.web.case_page.decision import decision_views
from cases.web.case_page.documents import attachment_views, document_views, report_views
from cases.web.case_page.ownership import conclusion_views
from cases.web.case_page.people import people_views
from cases.web.case_page.requirements import requirement_views, search_views
from cases.web.case_page.risk import override_views, risk_views
from cases.web.case_page.screening import judging_views
from cases.web.case_page.suspicion import suspicion_views
from cases.web.case_page.timeline import timeline_views

DOCUMENT = "documents/<int:number>/<slug:kind>/"
REPORT = "reports/<int:number>/"

urlpatterns = [
    path("", views.case, name="case"),
    path("live/", views.live, name="case_live"),
    path("<tab:tab>/", views.tab, name="case_tab"),
    path("timeline/comment/", timeline_views.comment, name="comment"),
    path("people/signers/", people_views.check, name="check_signers"),
    path("people/signers/keep/", people_views.keep, name="keep_signers"),
    path("ownership/conclude/", conclusion_views.conclude, name="conclude_owners"),
    path("screening/judge/", judging_views.judge, name="judge_hit"),
    path("screening/judgements/<int:number>/", judging_views.confirm, name="answer_judgement"),
    path("requirements/set/", requirement_views.move, name="move_requirement_set"),
    path("requirements/state/", requirement_views.state, name="state_requirement"),
    path("requirements/search/", search_views.record, name="record_search"),
    path("decision/propose/", decision_views.propose, name="propose_decision"),
    path("decision/<int:number>/withdraw/", decision_views.withdraw, name="withdraw_decision"),
    path("decision/<int:number>/answer/", decision_views.answer, name="answer_decision"),
    path("decision/reopen/", decision_views.reopen, name="reopen_case"),
    path("risk/answers/", risk_views.answer, name="answer_risk"),
    path("risk/override/", override_views.override, name="override_risk"),
    path("risk/overrides/<int:number>/", override_views.answer, name="answer_override"),
    path("suspicion/note/", suspicion_views.note, name="note_suspicion"),
    path(DOCUMENT, document_views.document, name="document"),
    path(f"{DOCUMENT}file/", document_views.shown, name="show_document"),
    path(f"{DOCUMENT}download/", document_views.saved, name="save_document"),
    path(f"{DOCUMENT}check/", document_views.check, name="check_signature"),
    path("attachments/<int:number>/", attachment_views.attachment, name="attachment"),
    path("reports/", report_views.order_report, name="order_report"),
    path("reports/now/", report_views.reports_now, name="reports_now"),
    path(REPORT, report_views.report, name="report"),
    path(f"{REPORT}file/", report_views.shown, name="show_report"),
    path(f"{REPORT}download/", report_views.saved, name="save_report"),
]
