from django.urls import path

from cases.web.operations import health_views, portal_event_views, views

urlpatterns = [
    path("events/", portal_event_views.portal_events, name="portal_events"),
    path("provider/", views.overview, name="provider"),
    path("provider/figures/", views.refreshed, name="provider_figures"),
    path("healthz", health_views.healthz, name="healthz"),
]
