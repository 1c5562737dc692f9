from django.urls import path

from publishing import views

app_name = "publishing"

urlpatterns = [path("pictures/<str:name>", views.picture_file, name="picture_file")]
