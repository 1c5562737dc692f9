from django.urls import path

from resources.api import views

app_name = "resources_api"

urlpatterns = [
    path("publications.json", views.publication_list, name="publication_list"),
    path("publications/<str:slug>.json", views.publication_detail, name="publication_detail"),
]
