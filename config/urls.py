"""Every address of the application, app by app."""

from django.urls import include, path

urlpatterns = [
    path("", include("indicateurs.urls")),
    path("", include("journal.urls")),
    path("", include("membres.urls")),
    path("", include("comites.urls")),
    path("", include("comptes_rendus.urls")),
]
