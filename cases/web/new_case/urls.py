from django.urls import path

from cases.web.new_case import views

urlpatterns = [
    path("cases/new/", views.new_case, name="new_case"),
    path("cases/new/about/", views.about, name="new_case_about"),
    path("cases/new/check/", views.check, name="new_case_check"),
]
