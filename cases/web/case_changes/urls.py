from django.urls import path

from cases.web.case_changes import recusing_views, views, waiting_views

urlpatterns = [
    path("change/", views.change, name="change_case"),
    path("wait/", waiting_views.wait, name="wait_for_information"),
    path("go-on/", waiting_views.go_on, name="go_on"),
    path("recuse/", recusing_views.recuse, name="recuse"),
    path("hand-back/", views.hand_back, name="hand_back"),
]
