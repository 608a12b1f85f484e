from django.contrib.auth import views as auth_views
from django.urls import path

from cases.web.sign_in import views

urlpatterns = [
    path("login/", views.SignIn.as_view(), name="login"),
    path("login/taken-along/", views.taken_along, name="taken_along"),
    path("logout/", auth_views.LogoutView.as_view(), name="logout"),
    path("password/", views.PasswordChange.as_view(), name="password_change"),
    path("password/done/", auth_views.PasswordChangeDoneView.as_view(), name="password_change_done"),
]
