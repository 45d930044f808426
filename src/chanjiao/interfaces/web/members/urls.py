"""Addresses of members, memberships, staff and consortia."""

from django.urls import path

from chanjiao.interfaces.web.members import consortium_views, joining_views, staff_views, views

app_name = "members"
urlpatterns = [
    path("", views.directory, name="directory"),
    path("new/", views.register, name="register"),
    path("new/by-code/", views.by_code, name="by_code"),
    path("<int:pk>/", views.organisation, name="organisation"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/join/", joining_views.join, name="join"),
    path("<int:pk>/staff/", staff_views.staff, name="staff"),
    path("staff/<int:pk>/end/", staff_views.end, name="end_staff"),
    path("review/", joining_views.waiting, name="review_list"),
    path("memberships/<int:pk>/", joining_views.membership, name="membership"),
    path("memberships/<int:pk>/decide/", joining_views.decide, name="decide"),
    path("memberships/<int:pk>/renew/", joining_views.renew, name="renew"),
    path("memberships/<int:pk>/leave/", joining_views.leave, name="leave"),
    path("consortia/", consortium_views.consortia, name="consortia"),
    path("consortia/<int:pk>/", consortium_views.consortium, name="consortium"),
]
