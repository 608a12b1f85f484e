from django.urls import path

from cases.web.case_changes import views

urlpatterns = [
    path("change/", views.change, name="change_case"),
    path("hand-back/", views.hand_back, name="hand_back"),
]
