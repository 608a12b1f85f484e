from django.urls import path

from cases.web.my_work import views

urlpatterns = [
    path("", views.my_work, name="my_work"),
    path("work/changes/", views.my_work_changes, name="my_work_changes"),
    path("work/countersign-next/", views.countersign_next, name="countersign_next"),
    path("work/take-next/", views.take_next, name="take_next"),
    path("cases/<reference:reference>/take/", views.take, name="take"),
]
