"""Addresses for logging in and out, the person's own account, and what is chosen for a session.

Of allauth's addresses only log-in and log-out are open.
"""

from allauth.account.views import logout
from django.urls import path

from chanjiao.interfaces.web.accounts import choices, demo, views

urlpatterns = [
    path("login/", views.LogIn.as_view(), name="account_login"),
    path("logout/", logout, name="account_logout"),
    path("demo/<str:username>/", demo.demo_login, name="demo_login"),
    path("language/", choices.choose_language, name="language"),
    path("acting-for/", choices.choose_post, name="acting_as"),
    path("scope/", choices.choose_scope, name="scope"),
    path("profile/", views.profile, name="account_profile"),
    path("password/", views.password, name="account_change_password"),
    path("tokens/", views.tokens, name="account_tokens"),
    path("tokens/<int:pk>/revoke/", views.end_token, name="account_token_revoke"),
    path("sessions/", views.sessions, name="account_sessions"),
    path("sessions/end/", views.end_sessions, name="account_sessions_end"),
]
