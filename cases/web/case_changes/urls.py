from django.urls import path

from cases.web.case_changes import recusing_views, views

urlpatterns = [
    path("change/", views.change, name="change_case"),
    path("recuse/", recusing_views.recuse, name="recuse"),
    path("hand-back/", views.hand_back, name="hand_back"),
]
