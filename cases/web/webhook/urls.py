from django.urls import path

from cases.web.webhook import views

urlpatterns = [path("hooks/aml/<str:token>", views.receive, name="webhook")]
