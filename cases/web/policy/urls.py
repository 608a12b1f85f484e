from django.urls import path

from cases.web.policy import views

VERSION = "policy/<slug:kind>/<int:number>/"

urlpatterns = [
    path("policy/", views.policy, name="policy"),
    path("policy/<slug:kind>/new/", views.new_draft, name="new_policy"),
    path(VERSION, views.version, name="policy_version"),
    path(f"{VERSION}json/", views.download, name="policy_json"),
    path(f"{VERSION}activate/", views.activate, name="activate_policy"),
    path(f"{VERSION}discard/", views.discard, name="discard_policy"),
]
