import pytest
from tests.test_acces import *
OBJ={"comites":{"slug":"comite"},}
def objet(route):
    n=route.split(":")[-1]; ns=route.split(":")[0]
    if ns=="comites":
        return {"liste":"-","creer_comite":"-","comptes":"-","inviter":"-","autorite":"-","journal":"-","travaux":"-","relancer":"travail","modifier_autorite":"autorite","logo":"autorite","compte":"compte","renvoyer_invitation":"compte","desactiver":"compte","reactiver":"compte","accorder":"compte","retirer":"role","modifier_point":"point","supprimer_point":"point","modifier_groupe":"groupe","supprimer_groupe":"groupe","ajouter_lignes":"groupe","annuaire":"groupe","modifier_ligne":"ligne","comite":"comite","modifier_comite":"comite","clore_comite":"comite","rouvrir_comite":"comite","creer_seance":"comite","tenir":"seance@preparee","annuler":"seance@preparee","ordre_du_jour":"seance@preparee","deplacer_point":"seance@preparee","numeroter_points":"seance@preparee"}.get(n,"seance")
    if ns=="comptes_rendus":
        d={"publics":"-","verifier":"-","liste":"-","reprendre":"-","creer":"nue","date":"jour@publie","public":"public@publie","public_pdf":"public@publie","pointer":"a_verifier@brouillon","reprendre_la_main":"cr@relecture","renvoyer":"cr@relecture","approuver":"cr@relecture","delegation":"cr@relecture","signer":"cr@approuve","publier":"cr@signe","rectifier":"cr@publie","pdf_approuve":"cr@approuve","pdf_signe":"cr@signe","bloc_restaurer":"revision@brouillon"}
        if n in d: return d[n]
        if n.startswith("bloc") and n!="bloc_ajouter": return "bloc@brouillon"
        if n.startswith("rubrique_") and n!="rubrique_ajouter" or n=="bloc_ajouter": return "rubrique@brouillon"
        return "cr@brouillon"
    return "jeton" if n=="mot_de_passe_nouveau" else "-"
@pytest.mark.filterwarnings("default")
def test_gen(monde):
    out=[]
    lignes=[(r,objet(r)) for r in routes()]
    for r in ("approuver","signer","publier","soumettre","renvoyer"): pass
    lignes+= [("comptes_rendus:bloc_modifier","bloc@publie"),("comptes_rendus:approuver","cr@brouillon"),("comptes_rendus:signer","cr@relecture"),("comptes_rendus:publier","cr@approuve"),("comptes_rendus:tete","cr@signe"),("comptes_rendus:public","public@signe"),("comptes_rendus:public_pdf","public@approuve"),("comptes_rendus:pdf_signe","cr@approuve"),("comptes_rendus:detail","cr@publie"),("comptes_rendus:soumettre","cr@relecture")]
    for r,o in lignes:
        cells=[]
        for m in ("get","post"):
            codes=[]
            for q in ACTEURS:
                try: codes.append(monde.appeler(m,r,monde.siens[o],q))
                except Exception as e: codes.append("ERR:"+type(e).__name__+str(e)[:60].replace(" ","_"))
            cells.append(codes[0] if len(set(codes))==1 else " ".join(f"{c:2}" for c in codes))
        f=[]
        if monde.siens[o]:
          for m in ("get","post"):
            for q in ("mireille","agnes","odile","samir","ada","paul"):
                try: f.append(monde.appeler(m,r,monde.d_ailleurs[o],q))
                except Exception as e: f.append("ERR")
        out.append(f"{r:36} {o:20} | {cells[0]:20} | {cells[1]:20}   ## {' '.join(f)}")
    open("/tmp/table.txt","w").write("\n".join(out))
