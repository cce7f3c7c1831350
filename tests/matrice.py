"""Who may go where: one line per route, read from left to right.

Route, object it names (``@state`` of the minutes), then what each of the cast gets on an object of the CLAC, where
Mireille (member), Agnès (agent), Odile (quality), Samir (signatory) and Ada (administrator) belong and Paul does not.
Of an object of Paul's committee, the first four get what Paul gets here; Ada administers both.

``L`` sent to the login page · ``H`` 404, as if it were not there · ``N`` 403, not your role · ``S`` 409, not now ·
``M`` 405, not this method · ``F`` 422, the form is shown again · ``ok`` 200 · ``->`` done, then redirected.
"""

from __future__ import annotations

from typing import NamedTuple

ACTEURS = ("anonyme", "mireille", "paul", "agnes", "odile", "samir", "ada")
CODES = {"L": 302, "->": 302, "H": 404, "N": 403, "S": 409, "M": 405, "F": 422, "ok": 200}


class Ligne(NamedTuple):
    """What each of ``ACTEURS`` gets, by method."""

    route: str
    objet: str
    get: dict[str, str]
    post: dict[str, str]


# route                           object               | anonyme Mireille Paul Agnès Odile Samir Ada: GET | POST
TABLE = """
accueil                           -                    | ok                   | M

journal:sante                     -                    | ok                   | M

membres:connexion                 -                    | ok -> -> -> -> -> -> | ok -> -> -> -> -> ->
membres:deconnexion               -                    | M                    | ->
membres:au_revoir                 -                    | ok -> -> -> -> -> -> | M
membres:compte                    -                    | L  ok ok ok ok ok ok | L  M  M  M  M  M  M
membres:mot_de_passe              -                    | L  ok ok ok ok ok ok | L  F  F  F  F  F  F
membres:mot_de_passe_oublie       -                    | ok                   | F
membres:mot_de_passe_envoye       -                    | ok                   | M
membres:mot_de_passe_nouveau      jeton                | ok                   | ok
membres:accessibilite             -                    | ok                   | M
membres:mentions_legales          -                    | ok                   | M
membres:donnees_personnelles      -                    | ok                   | M
membres:plan                      -                    | ok                   | M
membres:aide                      -                    | ok                   | M
membres:robots                    -                    | ok                   | M
membres:composants                -                    | L  ok ok ok ok ok ok | L  ok ok ok ok ok ok
membres:composants_progression    -                    | L  ok ok ok ok ok ok | L  M  M  M  M  M  M

comites:liste                     -                    | L  ok ok ok ok ok ok | L  M  M  M  M  M  M
comites:creer_comite              -                    | L  N  N  N  N  N  ok | L  N  N  N  N  N  F
comites:comite                    comite               | L  ok H  ok ok ok ok | L  M  M  M  M  M  M
comites:modifier_comite           comite               | L  N  H  N  N  N  ok | L  N  H  N  N  N  F
comites:clore_comite              comite               | L  N  H  N  N  N  ok | L  N  H  N  N  N  F
comites:rouvrir_comite            comite               | L  N  H  N  N  N  ok | L  N  H  N  N  N  F
comites:creer_seance              comite               | L  N  H  N  ok N  N  | L  N  H  N  F  N  N
comites:seance                    seance               | L  ok H  ok ok ok H  | L  M  M  M  M  M  M
comites:modifier_seance           seance               | L  N  H  N  ok N  H  | L  N  H  N  F  N  H
comites:tenir                     seance@preparee      | L  H  H  H  ok N  H  | L  H  H  H  -> N  H
comites:annuler                   seance@preparee      | L  H  H  H  ok ok H  | L  H  H  H  F  F  H
comites:ordre_du_jour             seance@preparee      | L  H  H  H  ok N  H  | L  H  H  H  F  N  H
comites:deplacer_point            point?               | L  M  M  M  M  M  M  | L  H  H  H  -> N  H
comites:numeroter_points          seance@preparee      | L  M  M  M  M  M  M  | L  H  H  H  -> N  H
comites:modifier_point            point                | L  H  H  H  ok N  H  | L  H  H  H  F  N  H
comites:supprimer_point           point                | L  H  H  H  ok N  H  | L  H  H  H  -> N  H
comites:presence                  seance               | L  N  H  N  ok N  H  | L  M  M  M  M  M  M
comites:reprendre_presence        seance@nue           | L  M  M  M  M  M  M  | L  N  H  N  -> N  H
comites:creer_groupe              seance               | L  N  H  N  ok N  H  | L  N  H  N  F  N  H
comites:deplacer_groupe           groupe?              | L  M  M  M  M  M  M  | L  N  H  N  -> N  H
comites:modifier_groupe           groupe               | L  N  H  N  ok N  H  | L  N  H  N  F  N  H
comites:supprimer_groupe          groupe               | L  N  H  N  ok N  H  | L  N  H  N  -> N  H
comites:ajouter_lignes            groupe               | L  N  H  N  -> N  H  | L  N  H  N  F  N  H
comites:annuaire                  groupe               | L  N  H  N  ok N  H  | L  N  H  N  F  N  H
comites:deplacer_ligne            ligne?               | L  M  M  M  M  M  M  | L  N  H  N  -> N  H
comites:supprimer_ligne           ligne?               | L  N  H  N  ok N  H  | L  N  H  N  -> N  H
comites:retablir_ligne            seance               | L  M  M  M  M  M  M  | L  H  H  H  H  H  H
comites:modifier_ligne            ligne                | L  N  H  N  ok N  H  | L  N  H  N  F  N  H
comites:comptes                   -                    | L  N  N  N  N  N  ok | L  M  M  M  M  M  M
comites:inviter                   -                    | L  N  N  N  N  N  ok | L  N  N  N  N  N  F
comites:compte                    compte               | L  N  N  N  N  N  ok | L  M  M  M  M  M  M
comites:renvoyer_invitation       compte               | L  M  M  M  M  M  M  | L  N  N  N  N  N  S
comites:desactiver                compte               | L  N  N  N  N  N  ok | L  N  N  N  N  N  F
comites:reactiver                 compte               | L  N  N  N  N  N  ok | L  N  N  N  N  N  F
comites:accorder                  compte               | L  N  N  N  N  N  ok | L  N  N  N  N  N  F
comites:retirer                   role                 | L  N  N  N  N  N  ok | L  N  N  N  N  N  F
comites:autorite                  -                    | L  N  N  N  N  N  -> | L  M  M  M  M  M  M
comites:modifier_autorite         autorite             | L  N  N  N  N  N  ok | L  N  N  N  N  N  F
comites:logo                      autorite             | L  N  N  N  N  N  H  | L  M  M  M  M  M  M
comites:journal                   -                    | L  N  ok N  ok ok ok | L  M  M  M  M  M  M
comites:travaux                   -                    | L  N  N  N  N  N  ok | L  M  M  M  M  M  M
comites:relancer                  travail              | L  M  M  M  M  M  M  | L  N  N  N  N  N  ->

comptes_rendus:publics            -                    | ok                   | M
comptes_rendus:date               jour@publie          | ->                   | M
comptes_rendus:public             public@publie        | ok                   | M
comptes_rendus:public             public@signe         | H                    | M
comptes_rendus:public_pdf         public@publie        | ok                   | M
comptes_rendus:public_pdf         public@approuve      | H                    | M
comptes_rendus:verifier           -                    | ok                   | ok
comptes_rendus:liste              -                    | L  ok ok ok ok ok ok | L  M  M  M  M  M  M
comptes_rendus:reprendre          -                    | L  N  ok N  ok N  N  | L  N  F  N  F  N  N
comptes_rendus:creer              nue                  | L  N  H  N  ok N  H  | L  N  H  N  -> N  H
comptes_rendus:detail             cr@brouillon         | L  H  H  H  ok ok H  | L  M  M  M  M  M  M
comptes_rendus:detail             cr@publie            | L  H  H  H  ok ok H  | L  M  M  M  M  M  M
comptes_rendus:source             cr@brouillon         | L  H  H  H  ok ok H  | L  M  M  M  M  M  M
comptes_rendus:tete               cr@brouillon         | L  H  H  H  ok N  H  | L  H  H  H  F  N  H
comptes_rendus:tete               cr@signe             | L  H  H  H  S  N  H  | L  H  H  H  S  N  H
comptes_rendus:pointer            a_verifier@brouillon | L  M  M  M  M  M  M  | L  H  H  H  -> N  H
comptes_rendus:rubrique_ajouter   cr@brouillon         | L  H  H  H  ok N  H  | L  H  H  H  F  N  H
comptes_rendus:rubrique_modifier  rubrique@brouillon   | L  H  H  H  ok N  H  | L  H  H  H  F  N  H
comptes_rendus:rubrique_deplacer  rubrique@brouillon   | L  M  M  M  M  M  M  | L  H  H  H  -> N  H
comptes_rendus:rubrique_supprimer rubrique@brouillon   | L  M  M  M  M  M  M  | L  H  H  H  S  N  H
comptes_rendus:bloc_ajouter       rubrique@brouillon   | L  H  H  H  ok N  H  | L  H  H  H  F  N  H
comptes_rendus:bloc               bloc@brouillon       | L  H  H  H  -> N  H  | L  M  M  M  M  M  M
comptes_rendus:bloc_modifier      bloc@brouillon       | L  H  H  H  ok N  H  | L  H  H  H  F  N  H
comptes_rendus:bloc_modifier      bloc@publie          | L  H  H  H  S  N  H  | L  H  H  H  S  N  H
comptes_rendus:bloc_retirer       bloc@brouillon       | L  M  M  M  M  M  M  | L  H  H  H  -> N  H
comptes_rendus:bloc_remettre      bloc@brouillon       | L  M  M  M  M  M  M  | L  H  H  H  -> N  H
comptes_rendus:bloc_deplacer      bloc@brouillon       | L  M  M  M  M  M  M  | L  H  H  H  -> N  H
comptes_rendus:bloc_historique    bloc@brouillon       | L  H  H  H  ok N  H  | L  M  M  M  M  M  M
comptes_rendus:bloc_restaurer     revision@brouillon   | L  M  M  M  M  M  M  | L  H  H  H  -> N  H
comptes_rendus:soumettre          cr@brouillon         | L  M  M  M  M  M  M  | L  H  H  H  -> N  H
comptes_rendus:soumettre          cr@relecture         | L  M  M  M  M  M  M  | L  H  H  H  S  N  H
comptes_rendus:reprendre_la_main  cr@relecture         | L  M  M  M  M  M  M  | L  H  H  H  -> N  H
comptes_rendus:renvoyer           cr@relecture         | L  H  H  H  N  ok H  | L  H  H  H  N  F  H
comptes_rendus:approuver          cr@relecture         | L  H  H  H  N  ok H  | L  H  H  H  N  S  H
comptes_rendus:approuver          cr@brouillon         | L  H  H  H  N  S  H  | L  H  H  H  N  S  H
comptes_rendus:delegation         cr@relecture         | L  M  M  M  M  M  M  | L  H  H  H  N  -> H
comptes_rendus:signer             cr@approuve          | L  H  H  H  N  ok H  | L  H  H  H  N  F  H
comptes_rendus:signer             cr@relecture         | L  H  H  H  N  S  H  | L  H  H  H  N  S  H
comptes_rendus:publier            cr@signe             | L  H  H  H  ok ok H  | L  H  H  H  F  F  H
comptes_rendus:publier            cr@approuve          | L  H  H  H  S  S  H  | L  H  H  H  S  S  H
comptes_rendus:rectifier          cr@publie            | L  M  M  M  M  M  M  | L  H  H  H  -> N  H
comptes_rendus:projet             cr@brouillon         | L  H  H  H  ok ok H  | L  H  H  H  -> -> H
comptes_rendus:pdf_projet         cr@brouillon         | L  H  H  H  S  S  H  | L  M  M  M  M  M  M
comptes_rendus:pdf_approuve       cr@approuve          | L  H  H  H  ok ok H  | L  M  M  M  M  M  M
comptes_rendus:pdf_signe          cr@signe             | L  H  H  H  ok ok H  | L  M  M  M  M  M  M
comptes_rendus:pdf_signe          cr@approuve          | L  H  H  H  S  S  H  | L  M  M  M  M  M  M
"""


def lire(table: str) -> list[Ligne]:
    """Rows of the table; a single code stands for everyone."""
    lignes = []
    for texte in filter(None, table.splitlines()):
        nom, get, post = texte.split("|")
        route, objet = nom.split()
        lignes.append(Ligne(route, objet, _codes(get), _codes(post)))
    return lignes


def _codes(texte: str) -> dict[str, str]:
    codes = texte.split()
    return dict(zip(ACTEURS, codes * len(ACTEURS) if len(codes) == 1 else codes, strict=True))


LIGNES = lire(TABLE)
