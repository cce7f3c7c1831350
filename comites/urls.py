"""Addresses of committees, sittings, accounts, journal and jobs."""

from django.urls import include, path

from .views import autorites, comites, comptes, journal, ordre_du_jour, presences, seances

app_name = "comites"

comites_urls = [
    path("", comites.liste, name="liste"),
    path("creer/", comites.creer_comite, name="creer_comite"),
    path("<slug:slug>/", comites.comite, name="comite"),
    path("<slug:slug>/modifier/", comites.modifier_comite, name="modifier_comite"),
    path("<slug:slug>/clore/", comites.clore_comite, name="clore_comite"),
    path("<slug:slug>/rouvrir/", comites.rouvrir_comite, name="rouvrir_comite"),
    path("<slug:slug>/seances/creer/", seances.creer_seance, name="creer_seance"),
]

seances_urls = [
    path("", seances.seance, name="seance"),
    path("modifier/", seances.modifier_seance, name="modifier_seance"),
    path("tenir/", seances.tenir, name="tenir"),
    path("annuler/", seances.annuler, name="annuler"),
    path("ordre-du-jour/", ordre_du_jour.ordre_du_jour, name="ordre_du_jour"),
    path("ordre-du-jour/deplacer/", ordre_du_jour.deplacer_point, name="deplacer_point"),
    path("ordre-du-jour/numeroter/", ordre_du_jour.numeroter_points, name="numeroter_points"),
    path("ordre-du-jour/<int:point_pk>/", ordre_du_jour.modifier_point, name="modifier_point"),
    path("ordre-du-jour/<int:point_pk>/supprimer/", ordre_du_jour.supprimer_point, name="supprimer_point"),
    path("presence/", presences.presence, name="presence"),
    path("presence/reprendre/", presences.reprendre_presence, name="reprendre_presence"),
    path("presence/groupes/creer/", presences.creer_groupe, name="creer_groupe"),
    path("presence/groupes/deplacer/", presences.deplacer_groupe, name="deplacer_groupe"),
    path("presence/groupes/<int:groupe_pk>/", presences.modifier_groupe, name="modifier_groupe"),
    path("presence/groupes/<int:groupe_pk>/supprimer/", presences.supprimer_groupe, name="supprimer_groupe"),
    path("presence/groupes/<int:groupe_pk>/lignes/", presences.ajouter_lignes, name="ajouter_lignes"),
    path("presence/groupes/<int:groupe_pk>/annuaire/", presences.annuaire, name="annuaire"),
    path("presence/lignes/deplacer/", presences.deplacer_ligne, name="deplacer_ligne"),
    path("presence/lignes/supprimer/", presences.supprimer_ligne, name="supprimer_ligne"),
    path("presence/lignes/retablir/", presences.retablir_ligne, name="retablir_ligne"),
    path("presence/lignes/<int:ligne_pk>/", presences.modifier_ligne, name="modifier_ligne"),
]

comptes_urls = [
    path("", comptes.comptes, name="comptes"),
    path("inviter/", comptes.inviter, name="inviter"),
    path("<int:pk>/", comptes.compte, name="compte"),
    path("<int:pk>/invitation/", comptes.renvoyer_invitation, name="renvoyer_invitation"),
    path("<int:pk>/desactiver/", comptes.desactiver, name="desactiver"),
    path("<int:pk>/reactiver/", comptes.reactiver, name="reactiver"),
    path("<int:pk>/roles/donner/", comptes.accorder, name="accorder"),
    path("<int:pk>/roles/<int:habilitation_pk>/retirer/", comptes.retirer, name="retirer"),
]

urlpatterns = [
    path("comites/", include(comites_urls)),
    path("seances/<int:pk>/", include(seances_urls)),
    path("comptes/", include(comptes_urls)),
    path("autorite/", autorites.autorites, name="autorite"),
    path("autorite/<int:pk>/", autorites.modifier_autorite, name="modifier_autorite"),
    path("autorite/<int:pk>/logo/", autorites.logo, name="logo"),
    path("journal/", journal.journal, name="journal"),
    path("travaux/", journal.travaux, name="travaux"),
    path("travaux/<int:pk>/relancer/", journal.relancer, name="relancer"),
]
