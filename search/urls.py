from django.urls import path

from search import suggestion_views, views

app_name = "search"

urlpatterns = [
    path("", views.results, name="results"),
    path("feed/<str:kind>/", views.feed, name="feed"),
    path("suggestions.json", suggestion_views.suggest, name="suggestions"),
]
