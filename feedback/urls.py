from django.urls import path

from feedback import views

app_name = "feedback"

urlpatterns = [
    path("contact/", views.contact, name="contact"),
    path("correction/", views.correction, name="correction"),
    path("response/", views.response, name="response"),
    path("format/", views.another_format, name="format"),
    path("useful/", views.useful, name="useful"),
    path("thanks/", views.thanks, name="thanks"),
]
