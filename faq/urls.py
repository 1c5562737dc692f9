from django.urls import path

from faq import views

app_name = "faq"

urlpatterns = [
    path("", views.question_list, name="question_list"),
    path("<slug:slug>/", views.question_detail, name="question_detail"),
    path("<slug:slug>/card/", views.question_card, name="question_card"),
]
