from django.urls import path

from cases.web.case_list import views

urlpatterns = [path("cases/", views.cases, name="cases")]
