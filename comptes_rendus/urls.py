"""Addresses of the minutes: public pages first, then the working pages under /redaction/."""

from django.urls import include, path

from .views import blocs, cycle, publics, redaction

app_name = "comptes_rendus"

# --- Public: anyone, no account ---
publics_urls = [
    path("comptes-rendus/", publics.publics, name="publics"),
    path("comptes-rendus/<slug:comite>/<jour:jour>/", publics.date, name="date"),
    path("comptes-rendus/<slug:permalien>/", publics.public, name="public"),
    path("comptes-rendus/<slug:permalien>/pdf/", publics.public_pdf, name="public_pdf"),
    path("verifier/", publics.verifier, name="verifier"),
]

redaction_urls = [
    path("", redaction.liste, name="liste"),
    path("reprendre/", redaction.reprendre, name="reprendre"),
    path("seance/<int:seance>/", redaction.creer, name="creer"),
    path("<int:pk>/", redaction.detail, name="detail"),
    path("<int:pk>/source/", redaction.source, name="source"),
    path("<int:pk>/tete/", redaction.tete, name="tete"),
    path("<int:pk>/pointer/<int:rang>/", redaction.pointer, name="pointer"),
    path("<int:pk>/rubriques/ajouter/", blocs.rubrique_ajouter, name="rubrique_ajouter"),
    path("<int:pk>/rubriques/<uuid:cle>/", blocs.rubrique_modifier, name="rubrique_modifier"),
    path("<int:pk>/rubriques/<uuid:cle>/deplacer/", blocs.rubrique_deplacer, name="rubrique_deplacer"),
    path("<int:pk>/rubriques/<uuid:cle>/supprimer/", blocs.rubrique_supprimer, name="rubrique_supprimer"),
    path("<int:pk>/rubriques/<uuid:cle>/ajouter/", blocs.ajouter, name="bloc_ajouter"),
    path("<int:pk>/blocs/<uuid:cle>/", blocs.bloc, name="bloc"),
    path("<int:pk>/blocs/<uuid:cle>/modifier/", blocs.modifier, name="bloc_modifier"),
    path("<int:pk>/blocs/<uuid:cle>/retirer/", blocs.retirer, name="bloc_retirer"),
    path("<int:pk>/blocs/<uuid:cle>/remettre/", blocs.remettre, name="bloc_remettre"),
    path("<int:pk>/blocs/<uuid:cle>/deplacer/", blocs.deplacer, name="bloc_deplacer"),
    path("<int:pk>/blocs/<uuid:cle>/historique/", blocs.historique, name="bloc_historique"),
    path("<int:pk>/blocs/<uuid:cle>/restaurer/<int:numero>/", blocs.restaurer, name="bloc_restaurer"),
    path("<int:pk>/soumettre/", cycle.soumettre, name="soumettre"),
    path("<int:pk>/reprendre-la-main/", cycle.reprendre_la_main, name="reprendre_la_main"),
    path("<int:pk>/renvoyer/", cycle.renvoyer, name="renvoyer"),
    path("<int:pk>/approuver/", cycle.approuver, name="approuver"),
    path("<int:pk>/delegation/", cycle.delegation, name="delegation"),
    path("<int:pk>/signer/", cycle.signer, name="signer"),
    path("<int:pk>/publier/", cycle.publier, name="publier"),
    path("<int:pk>/rectifier/", cycle.rectifier, name="rectifier"),
    path("<int:pk>/projet/", cycle.projet, name="projet"),
    path("<int:pk>/projet.pdf", cycle.fichier, {"nature": "projet"}, name="pdf_projet"),
    path("<int:pk>/a-signer.pdf", cycle.fichier, {"nature": "approuve"}, name="pdf_approuve"),
    path("<int:pk>/signe.pdf", cycle.fichier, {"nature": "signe"}, name="pdf_signe"),
]

urlpatterns = [
    *publics_urls,
    path("redaction/", include(redaction_urls)),
]
