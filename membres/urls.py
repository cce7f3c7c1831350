"""Addresses of the accounts, of the public texts about the service, and of the living page of components."""

from django.urls import path

from . import views

app_name = "membres"
urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("connexion/", views.connexion, name="connexion"),
    path("deconnexion/", views.deconnexion, name="deconnexion"),
    path("au-revoir/", views.au_revoir, name="au_revoir"),
    path("compte/", views.compte, name="compte"),
    path("compte/mot-de-passe/", views.mot_de_passe, name="mot_de_passe"),
    path("mot-de-passe/oublie/", views.mot_de_passe_oublie, name="mot_de_passe_oublie"),
    path("mot-de-passe/envoye/", views.mot_de_passe_envoye, name="mot_de_passe_envoye"),
    path("mot-de-passe/<uidb64>/<token>/", views.mot_de_passe_nouveau, name="mot_de_passe_nouveau"),
    path("accessibilite/", views.accessibilite, name="accessibilite"),
    path("mentions-legales/", views.mentions_legales, name="mentions_legales"),
    path("donnees-personnelles/", views.donnees_personnelles, name="donnees_personnelles"),
    path("plan-du-site/", views.plan, name="plan"),
    path("aide/", views.aide, name="aide"),
    path("composants/", views.composants, name="composants"),
    path("composants/progression/", views.composants_progression, name="composants_progression"),
]
