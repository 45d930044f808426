"""Addresses of technology transfer."""

from django.urls import path

from chanjiao.interfaces.web.transfer import contract_views, deed_views, speed_views, views

app_name = "transfer"
urlpatterns = [
    path("", views.challenges, name="list"),
    path("new/", deed_views.new, name="new"),
    path("<int:pk>/", views.challenge, name="challenge"),
    path("<int:pk>/edit/", deed_views.edit, name="edit"),
    path("<int:pk>/publish/", deed_views.publish, name="publish"),
    path("<int:pk>/answer/", deed_views.answer, name="answer"),
    path("<int:pk>/take-back/", deed_views.take_back, name="take_back"),
    path("<int:pk>/choose/<int:answer_id>/", deed_views.choose, name="choose"),
    path("<int:pk>/contract/", deed_views.contract, name="draft_contract"),
    path("<int:pk>/accept/", deed_views.accept, name="accept"),
    path("<int:pk>/withdraw/", deed_views.withdraw, name="withdraw"),
    path("<int:pk>/fail/", deed_views.fail, name="fail"),
    path("contracts/", contract_views.contracts, name="contracts"),
    path("contracts/<int:pk>/register/", contract_views.register, name="register"),
    path("contracts/<int:pk>/first-use/", contract_views.first_use, name="first_use"),
    path("speed/", speed_views.speed, name="speed"),
]
