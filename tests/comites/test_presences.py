"""The attendance: headings and rows; shown text first, meaning apart."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comites import actions
from comites.models import GroupePresence, LignePresence, PersonneCitee, Seance
from journal.models import Evenement
from journal.workflow import TransitionRefusee
from membres.models import Personne, Structure
from tests import fabriques

from .conftest import PIEGE

HTMX = {"HX-Request": "true"}


def adresse(seance, suite=""):
    return f"/seances/{seance.pk}/presence/{suite}"


def textes(groupe):
    return [ligne.texte for ligne in groupe.lignes.all()]


@pytest.fixture
def usagers(tenue):
    return fabriques.presence(tenue, "Mme A\tprésidente", "M. B", "Mme C")


@pytest.fixture
def excuses(tenue, usagers):
    return fabriques.presence(tenue, "La Poste", titre="Excusés :", statut="excuse", ordre=1)


# --- Headings ------------------------------------------------------------------------------------------------------
def test_odile_ajoute_puis_modifie_un_groupe(tenue, odile, client_de):
    client = client_de(odile)
    saisie = {"titre": "Invités :", "statut": "invite", "niveau": "1", "college": ""}
    client.post(adresse(tenue, "groupes/creer/"), saisie)
    groupe = tenue.groupes.get()
    assert (groupe.titre, groupe.statut, groupe.niveau) == ("Invités :", "invite", 1)
    client.post(adresse(tenue, f"groupes/{groupe.pk}/"), {**saisie, "titre": "Personnes invitées :", "en_ligne": "on"})
    groupe.refresh_from_db()
    assert (groupe.titre, groupe.en_ligne) == ("Personnes invitées :", True)
    assert [e.verbe for e in Evenement.objects.all()] == ["enregistrer_groupe"] * 2


def test_un_groupe_de_niveau_trois_repris_d_un_document_garde_son_niveau(tenue, odile, client_de):
    groupe = fabriques.presence(tenue, titre="Profond", niveau=3)
    client = client_de(odile)
    assert "Titre de niveau 3" in client.get(adresse(tenue, f"groupes/{groupe.pk}/")).content.decode()
    client.post(adresse(tenue, f"groupes/{groupe.pk}/"), {"titre": "Profond", "statut": "present", "niveau": "3"})
    groupe.refresh_from_db()
    assert groupe.niveau == 3


def test_les_colleges_du_comite_sont_rappeles(tenue, odile, client_de):
    tenue.comite.colleges.create(nom="Représentants des usagers")
    assert "Représentants des usagers" in client_de(odile).get(adresse(tenue, "groupes/creer/")).content.decode()


def test_deplacer_et_supprimer_un_groupe(tenue, usagers, excuses, odile, client_de):
    client = client_de(odile)
    client.post(adresse(tenue, "groupes/deplacer/"), {"haut": excuses.pk})
    assert [g.titre for g in tenue.groupes.all()] == ["Excusés :", "Représentants des usagers :"]
    assert "avec ses 3 lignes" in client.get(adresse(tenue, f"groupes/{usagers.pk}/supprimer/")).content.decode()
    client.post(adresse(tenue, f"groupes/{usagers.pk}/supprimer/"))
    assert [g.titre for g in tenue.groupes.all()] == ["Excusés :"]
    assert LignePresence.objects.count() == 1


def test_au_bord_un_groupe_ne_bouge_pas(tenue, usagers, odile, client_de, rien_ecrit):
    with rien_ecrit():
        client_de(odile).post(adresse(tenue, "groupes/deplacer/"), {"haut": usagers.pk})


# --- Rows ----------------------------------------------------------------------------------------------------------
def test_une_liste_collee_donne_une_ligne_par_ligne(tenue, usagers, odile, client_de):
    colle = "\r\nM. D\tmaire d’Aiguefonde\r\n\r\n  Mission locale : Mme E et M. F  \r\n"
    client_de(odile).post(adresse(tenue, f"groupes/{usagers.pk}/lignes/"), {"texte": colle})
    assert textes(usagers)[3:] == ["M. D\tmaire d’Aiguefonde", "Mission locale : Mme E et M. F"]
    assert usagers.lignes.all()[3].fonction == "maire d’Aiguefonde"
    assert Evenement.objects.get().details == {"groupe": "Représentants des usagers :", "lignes": 2}


@pytest.mark.parametrize(
    ("colle", "message"),
    [
        ("", "Écrivez au moins une ligne"),
        (" \n\t\n", "Écrivez au moins une ligne"),
        ("x\n" * 501, "500 lignes au plus"),
    ],
)
def test_une_liste_fautive_ne_perd_rien(colle, message, tenue, usagers, odile, client_de, rien_ecrit):
    with rien_ecrit():
        reponse = client_de(odile).post(adresse(tenue, f"groupes/{usagers.pk}/lignes/"), {"texte": colle})
    assert reponse.status_code == 422
    assert message in reponse.content.decode()
    assert colle.count("x") <= reponse.content.decode().count("x\n") + 1


def test_l_annuaire_evite_de_retaper(tenue, usagers, odile, client_de):
    ufc = Structure.objects.create(nom="Union des consommateurs", sigle="UFC")
    inconnue = {"civilite": "Mme", "prenom": "Solène", "nom": "Prat", "fonction": "directrice", "structure": ufc}
    prat = Personne.objects.create(**inconnue)
    client = client_de(odile)
    page = client.get(adresse(tenue, f"groupes/{usagers.pk}/annuaire/"), {"q": "prat UFC"}).content.decode()
    assert "Mme Solène PRAT" in page
    assert "FERRANDON" not in page.split("<main")[1]
    client.post(adresse(tenue, f"groupes/{usagers.pk}/annuaire/"), {"personnes": [prat.pk]})
    ligne = usagers.lignes.last()
    assert ligne.texte == "Mme Solène PRAT\tdirectrice"
    assert (ligne.structure, ligne.structure_nom, ligne.fonction) == (ufc, "Union des consommateurs", "directrice")
    assert ligne.personnes.get().personne == prat
    assert "déjà dans la liste" in client.get(adresse(tenue, f"groupes/{usagers.pk}/annuaire/")).content.decode()


@pytest.mark.parametrize("choix", [[], ["x"], ["999999"]])
def test_personne_de_choisi(choix, tenue, usagers, odile, client_de, rien_ecrit):
    with rien_ecrit():
        reponse = client_de(odile).post(adresse(tenue, f"groupes/{usagers.pk}/annuaire/"), {"personnes": choix})
    assert reponse.status_code == 422
    assert "Cochez au moins une personne" in reponse.content.decode()


def test_odile_modifie_une_ligne_et_la_change_de_groupe(tenue, usagers, excuses, odile, client_de):
    ligne = usagers.lignes.first()
    saisie = {"nom_imprime": "Mme A", "suite_imprimee": "", "groupe": excuses.pk, "represente_par": "M. Z"}
    reponse = client_de(odile).post(adresse(tenue, f"lignes/{ligne.pk}/"), saisie)
    assert reponse["Location"].endswith(f"#ligne-{ligne.pk}")
    ligne.refresh_from_db()
    assert (ligne.texte, ligne.represente_par) == ("Mme A", "M. Z")
    assert textes(excuses) == ["La Poste", "Mme A"]
    details = Evenement.objects.get().details
    assert details == {"groupe": "Excusés :", "ligne": ligne.pk, "champs": ["groupe", "represente_par", "texte"]}


def test_le_texte_imprime_survit_au_formulaire(tenue, usagers, odile, client_de):
    """What the form shows and posts back unchanged leaves the row as it was, tab included."""
    ligne = usagers.lignes.first()
    client = client_de(odile)
    assert "présidente" in client.get(adresse(tenue, f"lignes/{ligne.pk}/")).content.decode()
    saisie = {"nom_imprime": "Mme A", "suite_imprimee": "présidente", "groupe": usagers.pk}
    client.post(adresse(tenue, f"lignes/{ligne.pk}/"), saisie)
    ligne.refresh_from_db()
    assert ligne.texte == "Mme A\tprésidente"
    assert not Evenement.objects.exists()


def test_une_ligne_a_un_texte_et_reste_dans_sa_seance(tenue, usagers, clac, odile, client_de, rien_ecrit):
    ailleurs = fabriques.presence(fabriques.seance(comite=clac), "Mme Z")
    ligne = usagers.lignes.first()
    client = client_de(odile)
    for saisie in ({"nom_imprime": "", "groupe": usagers.pk}, {"nom_imprime": "A", "groupe": ailleurs.pk}):
        with rien_ecrit():
            assert client.post(adresse(tenue, f"lignes/{ligne.pk}/"), saisie).status_code == 422
    with rien_ecrit(), pytest.raises(ValidationError):
        actions.enregistrer_ligne(usagers, {"groupe": ailleurs}, par=odile, ligne=ligne)


def test_deplacer_une_ligne_jusque_dans_le_groupe_voisin(tenue, usagers, excuses, odile, client_de):
    client, c = client_de(odile), usagers.lignes.last()
    client.post(adresse(tenue, "lignes/deplacer/"), {"haut": c.pk})
    assert textes(usagers) == ["Mme A\tprésidente", "Mme C", "M. B"]
    for _ in range(2):
        page = client.post(adresse(tenue, "lignes/deplacer/"), {"bas": c.pk}, headers=HTMX).content.decode()
    assert textes(usagers) == ["Mme A\tprésidente", "M. B"]
    assert textes(excuses) == ["Mme C", "La Poste"]
    assert "Ligne déplacée" in page
    assert "Excusés" in page
    client.post(adresse(tenue, "lignes/deplacer/"), {"haut": c.pk})
    assert textes(usagers) == ["Mme A\tprésidente", "M. B", "Mme C"]


def test_au_bord_une_ligne_ne_bouge_pas(tenue, usagers, odile, client_de, rien_ecrit):
    with rien_ecrit():
        client_de(odile).post(adresse(tenue, "lignes/deplacer/"), {"haut": usagers.lignes.first().pk})


def test_sans_script_une_page_demande_avant_de_supprimer(tenue, usagers, odile, client_de):
    client, ligne = client_de(odile), usagers.lignes.all()[1]
    page = client.get(adresse(tenue, "lignes/supprimer/"), {"ligne": ligne.pk}).content.decode()
    assert "M. B" in page.replace("\u00a0", " ")
    assert len(textes(usagers)) == 3
    client.post(adresse(tenue, f"lignes/supprimer/?ligne={ligne.pk}"))
    assert textes(usagers) == ["Mme A\tprésidente", "Mme C"]


def test_une_ligne_supprimee_se_retablit_telle_quelle(tenue, usagers, odile, client_de):
    client = client_de(odile)
    ligne = usagers.lignes.all()[1]
    structure = Structure.objects.create(nom="APF")
    LignePresence.objects.filter(pk=ligne.pk).update(represente_par="Mme Z", structure=structure)
    PersonneCitee.objects.create(ligne=ligne, civilite="M.", nom="B", personne=odile.personne)
    reponse = client.post(adresse(tenue, "lignes/supprimer/"), {"ligne": ligne.pk}, headers=HTMX)
    assert len(textes(usagers)) == 2
    memoire = reponse.context["retablir"]["memoire"]
    assert 'value="' + memoire in reponse.content.decode()
    client.post(adresse(tenue, "lignes/retablir/"), {"memoire": memoire}, headers=HTMX)
    rendue = usagers.lignes.all()[1]
    assert textes(usagers) == ["Mme A\tprésidente", "M. B", "Mme C"]
    assert (rendue.represente_par, rendue.structure) == ("Mme Z", structure)
    assert rendue.personnes.get().personne == odile.personne
    assert [e.verbe for e in Evenement.objects.all()] == ["enregistrer_ligne", "supprimer_ligne"]


def test_retablir_deux_fois_rend_une_seule_ligne(tenue, usagers, odile, client_de, rien_ecrit):
    client = client_de(odile)
    reponse = client.post(adresse(tenue, "lignes/supprimer/"), {"ligne": usagers.lignes.first().pk}, headers=HTMX)
    envoi = {"memoire": reponse.context["retablir"]["memoire"]}
    client.post(adresse(tenue, "lignes/retablir/"), envoi, headers=HTMX)
    with rien_ecrit():
        assert client.post(adresse(tenue, "lignes/retablir/"), envoi, headers=HTMX).status_code == 200
    assert len(textes(usagers)) == 3


def test_une_recherche_illisible_dans_l_annuaire_ne_trouble_rien(tenue, usagers, odile, client_de):
    page = client_de(odile).get(adresse(tenue, f"groupes/{usagers.pk}/annuaire/"), {"q": "\x00Ferr"})
    assert page.status_code == 200
    assert page.context["personnes"] == [odile.personne]


def test_la_memoire_d_une_ligne_ne_sert_que_dans_sa_seance(tenue, usagers, clac, odile, client_de, rien_ecrit):
    client, autre = client_de(odile), fabriques.seance(comite=clac)
    reponse = client.post(adresse(tenue, "lignes/supprimer/"), {"ligne": usagers.lignes.first().pk}, headers=HTMX)
    memoire = reponse.context["retablir"]["memoire"]
    for seance, valeur in ((autre, memoire), (tenue, memoire + "x"), (tenue, "")):
        with rien_ecrit():
            assert client.post(adresse(seance, "lignes/retablir/"), {"memoire": valeur}).status_code == 404
    usagers.delete()
    with rien_ecrit():
        assert client.post(adresse(tenue, "lignes/retablir/"), {"memoire": memoire}).status_code == 409


# --- Start from the last sitting -----------------------------------------------------------------------------------
def test_la_liste_de_la_seance_precedente_se_reprend(tenue, usagers, excuses, clac, odile, client_de):
    PersonneCitee.objects.create(ligne=usagers.lignes.first(), nom="A", personne=odile.personne)
    neuve = fabriques.seance(comite=clac, date=None, etat="preparee")
    client = client_de(odile)
    assert "Reprendre la liste de la séance" in client.get(adresse(neuve)).content.decode()
    client.post(adresse(neuve, "reprendre/"))
    assert [(g.titre, g.statut, textes(g)) for g in neuve.groupes.all()] == [
        (g.titre, g.statut, textes(g)) for g in tenue.groupes.all()
    ]
    assert neuve.groupes.first().lignes.first().personnes.get().personne == odile.personne
    assert Evenement.objects.get().details == {"depuis": "12 mars 2026", "lignes": 4}


def test_elle_ne_se_reprend_pas_deux_fois_ni_d_ailleurs(
    tenue, usagers, clac, autre_comite, odile, client_de, rien_ecrit
):
    client, vide = client_de(odile), fabriques.seance(comite=clac, etat="preparee")
    etrangere = fabriques.seance(comite=autre_comite)
    fabriques.presence(etrangere, "M. X")
    with rien_ecrit():
        assert client.post(adresse(tenue, "reprendre/")).status_code == 404
        with pytest.raises(TransitionRefusee):
            actions.reprendre_presence(tenue, vide, par=odile)
        with pytest.raises(ValidationError):
            actions.reprendre_presence(vide, etrangere, par=odile)


# --- Refusals ------------------------------------------------------------------------------------------------------
def gestes(groupe):
    ligne = groupe.lignes.first().pk
    return [
        ("groupes/creer/", {"titre": "x", "statut": "present", "niveau": "1"}),
        ("groupes/deplacer/", {"bas": groupe.pk}),
        (f"groupes/{groupe.pk}/", {"titre": "x", "statut": "present", "niveau": "1"}),
        (f"groupes/{groupe.pk}/supprimer/", {}),
        (f"groupes/{groupe.pk}/lignes/", {"texte": "x"}),
        (f"groupes/{groupe.pk}/annuaire/", {"personnes": [1]}),
        ("lignes/deplacer/", {"bas": ligne}),
        ("lignes/supprimer/", {"ligne": ligne}),
        (f"lignes/{ligne}/", {"nom_imprime": "x", "groupe": groupe.pk}),
        ("reprendre/", {}),
    ]


@pytest.mark.parametrize(
    ("qui", "code"), [("mireille", 403), ("agnes", 403), ("samir", 403), ("ada", 404), ("paul", 404)]
)
def test_pas_ce_role(qui, code, tenue, usagers, excuses, client_de, rien_ecrit, request):
    client = client_de(request.getfixturevalue(qui))
    for suite, saisie in gestes(usagers):
        with rien_ecrit():
            assert client.post(adresse(tenue, suite), saisie).status_code == code, suite
    assert client.get(adresse(tenue)).status_code == code


@pytest.mark.parametrize("etat", ["close", "annulee"])
def test_pas_dans_cet_etat(etat, tenue, usagers, excuses, odile, client_de, rien_ecrit):
    Seance.objects.update(etat=etat)
    client = client_de(odile)
    for suite, saisie in gestes(usagers):
        with rien_ecrit():
            assert client.post(adresse(tenue, suite), saisie).status_code == 409, suite


@pytest.mark.parametrize("etat", ["preparee", "convoquee", "tenue"])
def test_la_presence_s_ecrit_avant_pendant_et_apres(etat, tenue, usagers, odile):
    Seance.objects.update(etat=etat)
    actions.ajouter_lignes(usagers, "Mme Z", par=odile)
    assert len(textes(usagers)) == 4


@pytest.mark.parametrize(
    "verbe",
    [
        lambda g, par: actions.enregistrer_groupe(g.seance, {"titre": "x"}, par=par),
        lambda g, par: actions.supprimer_groupe(g, par=par),
        lambda g, par: actions.deplacer_groupe(g, actions.Sens.BAS, par=par),
        lambda g, par: actions.enregistrer_ligne(g, {"texte": "x"}, par=par),
        lambda g, par: actions.ajouter_lignes(g, "x", par=par),
        lambda g, par: actions.ajouter_personnes(g, list(Personne.objects.all()), par=par),
        lambda g, par: actions.supprimer_ligne(g.lignes.first(), par=par),
        lambda g, par: actions.deplacer_ligne(g.lignes.first(), actions.Sens.BAS, par=par),
        lambda g, par: actions.retablir_ligne(g.seance, actions.instantane(g.lignes.first()), par=par),
        lambda g, par: actions.reprendre_presence(g.seance, g.seance, par=par),
    ],
)
def test_l_action_refuse_aussi(verbe, usagers, excuses, samir, odile, rien_ecrit):
    with rien_ecrit(), pytest.raises(PermissionDenied):
        verbe(usagers, samir)
    Seance.objects.update(etat="close")
    usagers.seance.refresh_from_db()
    with rien_ecrit(), pytest.raises(TransitionRefusee):
        verbe(usagers, odile)


def test_une_ligne_ou_un_groupe_d_ailleurs_est_introuvable(tenue, usagers, clac, odile, client_de, rien_ecrit):
    autre = fabriques.seance(comite=clac)
    client = client_de(odile)
    for suite, saisie in gestes(usagers)[1:-1]:
        with rien_ecrit():
            assert client.post(adresse(autre, suite), saisie).status_code == 404, suite


def test_ajouter_personne_de_nul_est_refuse(usagers, odile, rien_ecrit):
    with rien_ecrit(), pytest.raises(ValidationError):
        actions.ajouter_personnes(usagers, [], par=odile)


# --- What is shown -------------------------------------------------------------------------------------------------
def test_les_membres_ne_voient_pas_la_presence(tenue, usagers, mireille, samir, client_de):
    assert "présidente" not in client_de(mireille).get(f"/seances/{tenue.pk}/").content.decode()
    assert "présidente" in client_de(samir).get(f"/seances/{tenue.pk}/").content.decode()


def test_ce_qui_est_saisi_est_toujours_echappe(tenue, odile, client_de):
    client = client_de(odile)
    groupe = fabriques.presence(tenue, titre=PIEGE, college=PIEGE)
    champs = {"texte": f"{PIEGE}\t{PIEGE}", "represente_par": PIEGE, "en_qualite_de": PIEGE, "structure_nom": PIEGE}
    ligne = LignePresence.objects.create(groupe=groupe, fonction=PIEGE, **champs)
    Personne.objects.create(nom=PIEGE[:90], fonction=PIEGE)
    lues = ["", f"groupes/{groupe.pk}/", f"groupes/{groupe.pk}/supprimer/", f"groupes/{groupe.pk}/annuaire/"]
    lues += [f"lignes/{ligne.pk}/", f"lignes/supprimer/?ligne={ligne.pk}", f"groupes/{groupe.pk}/annuaire/?q=<script>"]
    pages = [client.get(adresse(tenue, suite)).content.decode() for suite in lues]
    pages.append(client.get(f"/seances/{tenue.pk}/").content.decode())
    pages.append(client.post(adresse(tenue, "lignes/supprimer/"), {"ligne": ligne.pk}, headers=HTMX).content.decode())
    for page in pages:
        assert "<script>alert" not in page.lower()
        assert "&lt;script&gt;" in page.lower()


@pytest.mark.parametrize("chemin", ["/seances/{}/", "/seances/{}/presence/"])
def test_autant_de_requetes_pour_3_et_30_lignes(chemin, tenue, odile, client_de, django_assert_num_queries):
    client = client_de(odile)

    def ajouter(nombre):
        for _ in range(nombre // 3):
            groupe = fabriques.presence(tenue, "Mme A\tx", "M. B", "C")
            PersonneCitee.objects.create(ligne=groupe.lignes.first(), nom="A")

    ajouter(3)
    client.get(chemin.format(tenue.pk))
    with CaptureQueriesContext(connection) as requetes:
        client.get(chemin.format(tenue.pk))
    ajouter(27)
    with django_assert_num_queries(len(requetes)):
        client.get(chemin.format(tenue.pk))
    assert len(requetes) < 16


def test_la_presence_vide_dit_comment_commencer(preparee, odile, client_de):
    page = client_de(odile).get(adresse(preparee)).content.decode()
    assert "Ajouter un groupe" in page
    assert "Reprendre la liste" not in page
    assert not GroupePresence.objects.exists()
