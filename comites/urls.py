from django.urls import URLPattern

app_name = "comites"
urlpatterns: list[URLPattern] = []
