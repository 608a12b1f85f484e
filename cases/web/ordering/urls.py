from django.urls import path

from cases.web.ordering import nothing_came_views, views

urlpatterns = [
    path("number/", nothing_came_views.correct, name="correct_number"),
    path("withdraw/", nothing_came_views.withdraw, name="withdraw_case"),
    path("order/", views.order, name="order_again"),
    path("poll/", views.poll_again, name="poll_again"),
    path("resolve/", views.resolve, name="resolve_capture"),
]
