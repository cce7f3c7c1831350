"""The words of the demonstration: an invented prefecture, invented structures and persons, a believable year."""

from __future__ import annotations

AUTORITES = {
    "prefecture": {
        "nom": "préfecture du Val-d’Ombre",
        "territoire": "du Val-d’Ombre",
        "chef_civilite": "Mme",
        "chef_nom": "Hélène DARCOURT",
        "lieu": "Ombreval",
        "pied": "12, place des Tilleuls – 99000 Ombreval\nTél. : 05 00 00 00 00 – pref-usagers@val-d-ombre.example\n"
        "www.val-d-ombre.example",
    },
    "sous_prefecture": {
        "nom": "sous-préfecture de Rocval",
        "genre": "sous_prefet",
        "territoire": "de Rocval",
        "chef_civilite": "M.",
        "chef_nom": "Étienne MARSAC",
        "lieu": "Rocval",
        "pied": "3, rue du Vieux-Pont – 99200 Rocval\nTél. : 05 00 00 00 50",
    },
}

COLLEGES = (
    "Représentants des usagers",
    "Représentants des collectivités territoriales",
    "Représentants de l’administration",
)

STRUCTURES = (
    ("association", "Association des personnes handicapées du Val-d’Ombre", "APHVO"),
    ("association", "Union des consommateurs du Val-d’Ombre", "UCVO"),
    ("association", "Familles rurales d’Entre-Deux-Rives", ""),
    ("association", "Accueil et droits des étrangers d’Ombreval", "ADEO"),
    ("collectivite", "Association des maires du Val-d’Ombre", "AMVO"),
    ("collectivite", "Communauté de communes des Hauts-Plateaux", ""),
    ("operateur", "Mission locale de Rocval", ""),
    ("operateur", "Maison France services de Saint-Aubin-les-Forges", ""),
    ("etat", "Direction départementale des territoires du Val-d’Ombre", "DDT"),
)

PRESENCES = (
    ("Présidence", 1, "preside", False, ("M. Samir BELKACEM\tSecrétaire général de la préfecture du Val-d’Ombre",)),
    (
        "Représentants des usagers",
        1,
        "present",
        False,
        (
            "Mme Mireille AUBERTIN\tPrésidente de l’Association des personnes handicapées du Val-d’Ombre",
            "M. Gaspard LEVENEUR\tAdministrateur de l’Union des consommateurs du Val-d’Ombre",
            "Mme Solène PRADIER\tCoordinatrice de l’association Accueil et droits des étrangers d’Ombreval",
            "M. Rémi CASTAGNOL\tConseiller numérique, Maison France services de Saint-Aubin-les-Forges",
        ),
    ),
    (
        "Représentants des collectivités territoriales",
        1,
        "present",
        False,
        (
            "Mme Bérangère TOUZET\tDirectrice de l’Association des maires du Val-d’Ombre",
            "M. Ulysse GRANDCLAUDE\tVice-président de la Communauté de communes des Hauts-Plateaux",
        ),
    ),
    (
        "Représentants de l’administration",
        1,
        "present",
        False,
        (
            "Mme Agnès LORMEAU\tCheffe du service de l’accueil et des titres",
            "M. Tanguy RIVOAL\tAdjoint au directeur départemental des territoires",
            "Mme Odile FERRANDON\tRéférente qualité de la préfecture",
        ),
    ),
    (
        "Personnes excusées",
        1,
        "excuse",
        False,
        (
            "Mme Ludivine CHASSERAY\tDirectrice de la Mission locale de Rocval, représentée par M. CASTAGNOL",
            "M. Firmin DELACROIX\tPrésident de Familles rurales d’Entre-Deux-Rives",
        ),
    ),
)

ORDRE_DU_JOUR = (
    ("Bilan de l’accueil et des délais de réponse", ["information"], "Mme Lormeau", "pages 2 à 9"),
    ("Réclamations reçues et actions correctrices", ["information", "echange"], "Mme Ferrandon", "pages 10 à 14"),
    ("Courriers types soumis à l’avis du comité", ["avis"], "Mme Ferrandon", ""),
    ("Témoignage de la Maison France services de Saint-Aubin-les-Forges", ["temoignage"], "M. Castagnol", ""),
)

# One list per rubrique, opening first and closing last: (kind, speaker, text).
PUBLIE = (
    (
        (
            "intervention",
            "M. Belkacem",
            "M. Belkacem souhaite la bienvenue aux participants et rappelle que le comité se réunit deux fois par an, au printemps et à l’automne.",
        ),
        (
            "paragraphe",
            "",
            "Les documents ont été adressés aux membres dix jours avant la séance. Le compte rendu de la séance précédente est adopté sans modification.",
        ),
    ),
    (
        ("presentation", "", "Présentation par Mme Lormeau (diaporama pages 2 à 9)."),
        (
            "paragraphe",
            "",
            "En 2025, le service a répondu à **18 420 appels** sur 20 160 reçus, soit 91,4 %. Le délai moyen d’attente est passé de 4 minutes à 2 minutes 40.",
        ),
        (
            "tableau",
            "",
            "Démarche\tDélai en 2024\tDélai en 2025\n---\nPremier rendez-vous\t21 jours\t12 jours\nRéponse à un courriel\t6 jours\t4 jours\nRéponse à une réclamation\t19 jours\t13 jours",
        ),
        (
            "intervention",
            "M. Leveneur",
            "M. Leveneur demande si le délai de réponse aux courriels tient compte des messages envoyés le week-end.",
        ),
        (
            "intervention",
            "Mme Lormeau",
            "Mme Lormeau précise que le délai court dès la réception, tous les jours de la semaine.",
        ),
        (
            "intervention",
            "Mme Aubertin",
            "Mme Aubertin signale que la borne d’accueil reste trop haute pour une personne en fauteuil, et que l’annonce sonore est couverte par le bruit du hall.",
        ),
        (
            "engagement",
            "M. Belkacem",
            "M. Belkacem s’engage à faire abaisser la borne et à déplacer le haut-parleur avant le 30 juin.",
        ),
    ),
    (
        ("presentation", "", "Présentation par Mme Ferrandon (diaporama pages 10 à 14)."),
        ("paragraphe", "", "La préfecture a enregistré 64 réclamations et 11 suggestions. Trois sujets reviennent :"),
        (
            "liste",
            "",
            "- l’attente au téléphone le lundi matin ;\n- la lisibilité des convocations ;\n- l’absence de réponse aux messages envoyés par le formulaire en ligne :\n  - 9 réclamations sur ce point au premier semestre ;\n  - 2 au second, après la reprise du suivi.",
        ),
        (
            "intervention",
            "Mme Touzet",
            "Mme Touzet propose que les mairies disposent d’un numéro direct pour signaler une difficulté.",
        ),
        ("decision", "", "Il est convenu d’ouvrir ce numéro aux mairies à titre d’essai pendant six mois."),
    ),
    (
        (
            "paragraphe",
            "",
            "Trois courriers types sont présentés : l’accusé de réception, la réponse d’attente et la convocation.",
        ),
        (
            "avis",
            "",
            "Avis favorable du comité sur l’accusé de réception et la réponse d’attente. Avis favorable avec réserve sur la convocation : le lieu et l’étage doivent figurer en tête, en gros caractères.",
        ),
        ("sans_observation", "", "Aucune autre observation n’est formulée."),
    ),
    (
        (
            "intervention",
            "M. Castagnol",
            "M. Castagnol décrit une journée ordinaire : vingt-cinq personnes reçues, dont une sur trois pour une démarche de la préfecture.",
        ),
        ("citation", "", "« Ici, on m’a expliqué sans me faire sentir que j’aurais dû savoir. »"),
        (
            "intervention",
            "Mme Pradier",
            "Mme Pradier souligne que l’accompagnement évite des déplacements inutiles à Ombreval et souhaite que l’expérience s’étende aux Hauts-Plateaux.",
        ),
        ("intervention", "M. Grandclaude", "M. Grandclaude indique qu’un local est disponible à partir de septembre."),
    ),
    (
        (
            "paragraphe",
            "",
            "L’ordre du jour étant épuisé, la séance est levée à 16 h 20. La prochaine séance se tiendra à l’automne.",
        ),
    ),
)

RELECTURE = (
    (("intervention", "M. Marsac", "M. Marsac ouvre la séance et remercie les associations de leur présence."),),
    (
        ("presentation", "", "Présentation par Mme Lormeau."),
        (
            "paragraphe",
            "",
            "Les horaires d’été ont été affichés un mois plus tôt que l’an dernier, à la demande du comité.",
        ),
        (
            "intervention",
            "Mme Pradier",
            "Mme Pradier demande que les horaires soient aussi traduits en anglais et en arabe.",
        ),
        ("engagement", "Mme Lormeau", "Mme Lormeau fera traduire l’affiche avant la rentrée."),
    ),
    (("sans_observation", "", "Aucune observation n’est formulée sur ce point."),),
    (("paragraphe", "", "La séance est levée à 11 h 45."),),
)

BROUILLON = (
    (("intervention", "M. Belkacem", "M. Belkacem ouvre la séance et présente les deux nouveaux membres du comité."),),
    (
        (
            "paragraphe",
            "",
            "La borne d’accueil a été abaissée le 12 juin et le haut-parleur déplacé : les deux engagements pris au printemps sont tenus.",
        ),
        (
            "intervention",
            "Mme Aubertin",
            "Mme Aubertin confirme l’amélioration et propose une visite avec trois membres de son association.",
        ),
    ),
    (("paragraphe", "", "L’essai du numéro direct ouvert aux mairies a reçu 47 appels en quatre mois."),),
)
