"""The accounts of the demonstration: invented people, one shared password, shown in a trial only."""

MOT_DE_PASSE = "demonstration-conclu"

#: (e-mail, name, what this person does, in one sentence)
COMPTES: tuple[tuple[str, str, str], ...] = (
    (
        "odile@conclu.example",
        "Odile Ferrandon",
        "Référente qualité : elle prépare les séances et rédige les comptes rendus.",
    ),
    ("samir@conclu.example", "Samir Belkacem", "Secrétaire général : il relit, approuve et signe."),
    (
        "mireille@conclu.example",
        "Mireille Aubertin",
        "Membre du comité : elle répond aux convocations et lit les comptes rendus.",
    ),
    ("agnes@conclu.example", "Agnès Lormeau", "Agente d’un service : elle complète les points qui la concernent."),
    ("paul@conclu.example", "Paul Vasseur", "Référent qualité d’un autre comité : il ne voit rien de celui-ci."),
    ("ada@conclu.example", "Ada Kermorvan", "Administratrice : elle tient les comptes, les rôles et l’autorité."),
)
