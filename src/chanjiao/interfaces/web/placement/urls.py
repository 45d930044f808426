"""Addresses of placement."""

from django.urls import path

from chanjiao.interfaces.web.placement import round_views, run_views, seat_views, student_views, team_views, wish_views

app_name = "placement"
urlpatterns = [
    path("", round_views.round_list, name="list"),
    path("new/", round_views.add, name="add"),
    path("<int:pk>/", round_views.round_page, name="round"),
    path("<int:pk>/edit/", round_views.edit, name="edit"),
    path("<int:pk>/rules/", round_views.rules, name="rules"),
    path("<int:pk>/do/<str:step>/", round_views.advance, name="advance"),
    path("<int:pk>/second/", round_views.follow, name="follow"),
    # seats
    path("<int:pk>/seats/", seat_views.seat_list, name="seats"),
    path("<int:pk>/seats/new/", seat_views.add, name="add_seat"),
    path("seats/<int:pk>/", seat_views.seat_page, name="seat"),
    path("seats/<int:pk>/edit/", seat_views.edit, name="edit_seat"),
    path("seats/<int:pk>/remove/", seat_views.remove, name="remove_seat"),
    path("seats/<int:pk>/ranking/", seat_views.ranking, name="ranking"),
    # students of a college
    path("students/", student_views.student_list, name="students"),
    path("students/new/", student_views.add, name="add_student"),
    path("students/import/", student_views.import_file, name="import_students"),
    path("students/<int:pk>/", student_views.student_page, name="student"),
    path("students/<int:pk>/edit/", student_views.edit, name="edit_student"),
    path("students/<int:pk>/log-in/", student_views.log_in, name="student_log_in"),
    path("students/<int:pk>/copy/", student_views.own_copy, name="student_copy"),
    path("students/<int:pk>/delete/", student_views.delete, name="delete_student"),
    # a student's own
    path("<int:pk>/wishes/", wish_views.wishes, name="wishes"),
    path("<int:pk>/team/", team_views.team, name="team"),
    path("<int:pk>/consent/", wish_views.consent, name="consent"),
    path("<int:pk>/result/", wish_views.result, name="result"),
    path("<int:pk>/appeal/", wish_views.appeal, name="appeal"),
    path("offers/<int:pk>/answer/", wish_views.answer, name="answer"),
    path("offers/<int:pk>/answer-for/", student_views.answer_for, name="answer_for"),
    path("offers/<int:pk>/joined/", seat_views.joined, name="joined"),
    # runs and what follows
    path("<int:pk>/runs/", run_views.run_list, name="runs"),
    path("<int:pk>/runs/start/", run_views.start, name="start_run"),
    path("runs/<int:pk>/", run_views.run_page, name="run"),
    path("runs/<int:pk>/files/", run_views.run_files, name="run_files"),
    path("runs/<int:pk>/adopt/", run_views.adopt, name="adopt"),
    path("runs/<int:pk>/rows/", run_views.rows, name="rows"),
    path("runs/<int:pk>/against/<int:other>/", run_views.compare, name="compare"),
    path("<int:pk>/yield/", run_views.yield_page, name="yield"),
    path("<int:pk>/offers/", run_views.offers, name="offers"),
    path("<int:pk>/appeals/", run_views.appeals, name="appeals"),
    path("appeals/<int:pk>/decide/", run_views.decide, name="decide"),
]
