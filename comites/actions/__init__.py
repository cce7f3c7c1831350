"""Every verb of the app: ``from comites import actions`` then ``actions.creer_seance(comite, {...}, par=odile)``.

The rows come in as instances, the values as a dict of cleaned values of known fields, the actor by keyword. Each verb
checks role and state, writes in one transaction and leaves its trace in the journal.
"""

from .comites import clore_comite, creer_comite, modifier_autorite, modifier_comite, rouvrir_comite
from .comptes import (
    accorder_habilitation,
    comptes_administres,
    creer_administrateur,
    desactiver_compte,
    inviter_compte,
    reactiver_compte,
    renvoyer_invitation,
    retirer_habilitation,
)
from .ordre_du_jour import (
    Numerotation,
    arbre,
    deplacer_point,
    enregistrer_point,
    numeroter_points,
    supprimer_point,
)
from .presences import (
    ajouter_lignes,
    ajouter_personnes,
    deplacer_groupe,
    deplacer_ligne,
    enregistrer_groupe,
    enregistrer_ligne,
    instantane,
    reprendre_presence,
    retablir_ligne,
    supprimer_groupe,
    supprimer_ligne,
)
from .seances import annuler_seance, creer_seance, modifier_seance, tenir_seance
from .valeurs import Sens

__all__ = [
    "Numerotation",
    "Sens",
    "accorder_habilitation",
    "ajouter_lignes",
    "ajouter_personnes",
    "annuler_seance",
    "arbre",
    "clore_comite",
    "comptes_administres",
    "creer_administrateur",
    "creer_comite",
    "creer_seance",
    "deplacer_groupe",
    "deplacer_ligne",
    "deplacer_point",
    "desactiver_compte",
    "enregistrer_groupe",
    "enregistrer_ligne",
    "enregistrer_point",
    "instantane",
    "inviter_compte",
    "modifier_autorite",
    "modifier_comite",
    "modifier_seance",
    "numeroter_points",
    "reactiver_compte",
    "renvoyer_invitation",
    "reprendre_presence",
    "retablir_ligne",
    "retirer_habilitation",
    "rouvrir_comite",
    "supprimer_groupe",
    "supprimer_ligne",
    "supprimer_point",
    "tenir_seance",
]
