from django.urls import include, path

from cases.admin import site

urlpatterns = [
    path("admin/", site.urls),
    path("", include("cases.urls")),
]
