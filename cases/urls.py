from django.urls import path

from cases.web.views import webhook

urlpatterns = [
    path("hooks/aml/<str:token>", webhook.knock, name="webhook"),
]
