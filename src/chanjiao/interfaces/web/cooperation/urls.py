"""Addresses of agreements."""

from django.urls import path, register_converter

from chanjiao.interfaces.web.cooperation import deed_views, document_views, draft_views, publicity_views, views


class StepConverter:
    """A step of writing an agreement."""

    regex = "|".join(draft_views.STEPS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(StepConverter, "step")

app_name = "cooperation"
urlpatterns = [
    path("", views.agreements, name="list"),
    path("new/", draft_views.new, name="new"),
    path("<int:pk>/", views.agreement, name="agreement"),
    path("<int:pk>/draft/<step:step>/", draft_views.draft, name="draft"),
    path("<int:pk>/propose/", deed_views.propose, name="propose"),
    path("<int:pk>/discard/", deed_views.discard, name="discard"),
    path("<int:pk>/signatories/<int:party_id>/", deed_views.signatories, name="signatories"),
    path("<int:pk>/sign/", deed_views.sign, name="sign"),
    path("<int:pk>/decline/", deed_views.decline, name="decline"),
    path("<int:pk>/amend/", deed_views.amend, name="amend"),
    path("<int:pk>/renew/", deed_views.renew, name="renew"),
    path("<int:pk>/end/", deed_views.end, name="end"),
    path("<int:pk>/publicise/", publicity_views.publicise, name="publicise"),
    path("publicities/", publicity_views.publicities, name="publicities"),
    path("publicities/<int:pk>/", publicity_views.publicity, name="publicity"),
    path("publicities/<int:pk>/object/", publicity_views.object_to, name="object_to"),
    path("publicities/<int:pk>/objections/<int:objection_id>/", publicity_views.answer, name="answer_objection"),
    path("publicities/<int:pk>/stop/", publicity_views.stop, name="stop_publicity"),
    path("<int:pk>/text/<int:number>/", views.text, name="text"),
    path("<int:pk>/text/<int:number>.docx", document_views.docx, name="docx"),
    path("<int:pk>/text/<int:number>.pdf", document_views.pdf, name="pdf"),
]
