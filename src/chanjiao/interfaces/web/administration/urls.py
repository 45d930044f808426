"""Addresses of administration."""

from django.urls import path

from chanjiao.interfaces.web.administration import job_views, people_views, record_views, views

app_name = "administration"
urlpatterns = [
    path("", views.index, name="index"),
    path("record/", record_views.record, name="record"),
    path("record/<int:pk>/", record_views.change, name="change"),
    path("events/", record_views.event_list, name="events"),
    path("people/", people_views.people_list, name="people"),
    path("people/new/", people_views.register, name="register_person"),
    path("people/<int:pk>/", people_views.person_page, name="person"),
    path("people/<int:pk>/end/", people_views.end, name="end_account"),
    path("people/<int:pk>/reopen/", people_views.reopen, name="reopen_account"),
    path("people/<int:pk>/password/", people_views.new_password, name="reset_password"),
    path("jobs/", job_views.job_list, name="jobs"),
    path("jobs/<int:pk>/cancel/", job_views.cancel, name="cancel_job"),
    path("jobs/<int:pk>/retry/", job_views.retry, name="retry_job"),
]
