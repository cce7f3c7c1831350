"""The two transitions of a sitting, from every state, by every one."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comites import actions
from comites.models import Seance
from journal.models import Evenement
from journal.workflow import TransitionRefusee
from tests import fabriques

MOTIF = {"motif": "Salle indisponible <b>"}


@pytest.mark.parametrize("etat", ["preparee", "convoquee"])
def test_odile_declare_la_seance_tenue(etat, clac, odile, client_de):
    seance = fabriques.seance(comite=clac, etat=etat)
    client = client_de(odile)
    assert "L’ordre du jour ne changera plus" in client.get(f"/seances/{seance.pk}/tenir/").content.decode()
    assert client.post(f"/seances/{seance.pk}/tenir/").status_code == 302
    seance.refresh_from_db()
    assert seance.etat == Seance.Etat.TENUE
    assert Evenement.objects.get().details == {"avant": etat, "apres": "tenue"}


@pytest.mark.parametrize("qui", ["odile", "samir"])
@pytest.mark.parametrize("etat", ["preparee", "convoquee"])
def test_odile_ou_samir_annule(qui, etat, clac, client_de, request):
    seance, par = fabriques.seance(comite=clac, etat=etat), request.getfixturevalue(qui)
    reponse = client_de(par).post(f"/seances/{seance.pk}/annuler/", MOTIF, follow=True)
    seance.refresh_from_db()
    assert (seance.etat, seance.motif_annulation) == ("annulee", MOTIF["motif"])
    assert "Salle indisponible &lt;b&gt;" in reponse.content.decode()
    assert Evenement.objects.get().details["motif"] == MOTIF["motif"]


@pytest.mark.parametrize("motif", ["", "   ", "x" * 1001])
def test_une_annulation_se_motive(motif, preparee, odile, client_de, rien_ecrit):
    with rien_ecrit():
        assert client_de(odile).post(f"/seances/{preparee.pk}/annuler/", {"motif": motif}).status_code == 422
    with rien_ecrit(), pytest.raises(ValidationError):
        actions.annuler_seance(preparee, motif=motif, par=odile)


VERBES = {
    "tenir": lambda seance, par: actions.tenir_seance(seance, par=par),
    "annuler": lambda seance, par: actions.annuler_seance(seance, motif="x", par=par),
}
REFUS = [
    (v, q) for v in VERBES for q in ("mireille", "agnes", "samir", "ada", "paul") if (v, q) != ("annuler", "samir")
]


@pytest.mark.parametrize(("verbe", "qui"), REFUS)
@pytest.mark.parametrize("etat", Seance.Etat.values)
def test_pas_ce_role(verbe, qui, etat, clac, rien_ecrit, request):
    """Role before state: whoever has not the role is told so in every state."""
    seance, par = fabriques.seance(comite=clac, etat=etat), request.getfixturevalue(qui)
    with rien_ecrit(), pytest.raises(PermissionDenied):
        VERBES[verbe](seance, par)


@pytest.mark.parametrize("verbe", VERBES)
@pytest.mark.parametrize("etat", ["tenue", "close", "annulee"])
def test_pas_dans_cet_etat(verbe, etat, clac, odile, client_de, rien_ecrit):
    seance = fabriques.seance(comite=clac, etat=etat)
    with rien_ecrit():
        with pytest.raises(TransitionRefusee):
            VERBES[verbe](seance, odile)
        assert client_de(odile).post(f"/seances/{seance.pk}/{verbe}/", MOTIF).status_code == 409


@pytest.mark.parametrize("verbe", VERBES)
@pytest.mark.parametrize(("qui", "code"), [("mireille", 404), ("agnes", 404), ("ada", 404), ("paul", 404)])
def test_la_page_est_refusee(verbe, qui, code, preparee, client_de, rien_ecrit, request):
    client = client_de(request.getfixturevalue(qui))
    with rien_ecrit():
        assert client.post(f"/seances/{preparee.pk}/{verbe}/", MOTIF).status_code == code


def test_mireille_voit_une_seance_convoquee_sans_pouvoir_l_annuler(clac, mireille, client_de, rien_ecrit):
    seance = fabriques.seance(comite=clac, etat="convoquee")
    with rien_ecrit():
        assert client_de(mireille).post(f"/seances/{seance.pk}/annuler/", MOTIF).status_code == 403


def test_deux_gestes_a_la_fois_un_seul_gagne(a_la_fois, transactional_db):
    clac = fabriques.comite()
    odile = fabriques.utilisateur("Odile", "Ferrandon")
    fabriques.habilitation(odile, "qualite", clac)
    seance = fabriques.seance(comite=clac, etat="preparee")
    resultats = a_la_fois(lambda: VERBES["tenir"](seance, odile), lambda: VERBES["annuler"](seance, odile))
    assert sorted(type(r).__name__ for r in resultats) == ["Seance", "TransitionRefusee"]
    assert Evenement.objects.count() == 1
