from django.urls import path

from cases.web.policy import draft_views, impact_views, views

VERSION = "policy/<slug:kind>/<int:number>/"

urlpatterns = [
    path("policy/", views.policy, name="policy"),
    path("policy/<slug:kind>/new/", draft_views.new_draft, name="new_policy"),
    path("policy/<slug:kind>/import/", draft_views.import_draft, name="import_policy"),
    path(VERSION, views.version, name="policy_version"),
    path(f"{VERSION}json/", views.download, name="policy_json"),
    path(f"{VERSION}impact/", impact_views.impact_now, name="policy_impact_now"),
    path(f"{VERSION}impact/order/", impact_views.order_impact, name="order_policy_impact"),
    path(f"{VERSION}activate/", views.activate, name="activate_policy"),
    path(f"{VERSION}discard/", views.discard, name="discard_policy"),
]
