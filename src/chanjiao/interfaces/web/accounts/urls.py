"""Addresses for logging in and out, the person's own account, and what is chosen for a session.

Of allauth's addresses only these are open.
"""

from allauth.account import views as allauth
from django.urls import path
from django.views.generic import TemplateView

from chanjiao.interfaces.web.accounts import choices

urlpatterns = [
    path("login/", allauth.login, name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("password/change/", allauth.password_change, name="account_change_password"),
    path("reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path("language/", choices.choose_language, name="language"),
    path("acting-for/", choices.choose_post, name="acting_as"),
    path("scope/", choices.choose_scope, name="scope"),
    path("profile/", TemplateView.as_view(template_name="home/home.html"), name="account_profile"),
    path("tokens/", TemplateView.as_view(template_name="home/home.html"), name="account_tokens"),
]
