from django.urls import path

from publishing import views

app_name = "publishing"

urlpatterns = [
    path("media/pictures/<str:name>", views.picture_file, name="picture_file"),
    path("preview/<str:token>/", views.signed_preview, name="preview"),
]
