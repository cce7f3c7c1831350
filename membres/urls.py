from django.urls import URLPattern

app_name = "membres"
urlpatterns: list[URLPattern] = []
