from django.urls import URLPattern

app_name = "comptes_rendus"
urlpatterns: list[URLPattern] = []
