"""The body: headings by their numbers and their looks, and the blocks under each."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field

from .blocs import bloc_de, bloc_liste_numerotee, bloc_titre, en_clair, lire_presentation, ressemble_a_un_titre
from .decoupage import NUMERO, PUCES_DE_TITRE, RANGS, Alinea
from .lexique import plier, verbes
from .personnes import orateur
from .structure import BlocLu, PointLu, RubriqueLue

_ROMAINS = {"I": 1, "V": 5, "X": 10}
_TETES_DE_PARTIE = re.compile(
    r"(?:introduction(?: (?:par|de) (?=m)[^:;!?]{2,80})?|preambule|"
    r"propos (?:introductifs?|liminaires?)|mots? d'accueil|ouverture(?: "
    r"de la (?:seance|reunion))?|conclusions?|"
    r"cloture(?: de la (?:seance|reunion))?|questions? diverses?|points? divers|divers|synthese(?: des echanges)?|"
    r"introduction de la (?:seance|reunion)|fin de (?:la )?(?:seance|reunion)|prochaine (?:seance|reunion))"
)
TITRE_MAX = 300


@dataclass(slots=True)
class Numero:
    """A number at the start of a paragraph. ``style`` tells « 1) » from « 1 – » and « I – »."""

    ecrit: str
    famille: str
    style: str
    valeur: int
    profondeur: int
    titre: str
    premier: int = 0


@dataclass(slots=True)
class Corps:
    rubriques: list[RubriqueLue] = field(default_factory=list)
    doutes: list[str] = field(default_factory=list)


def lire_numero(texte: str) -> Numero | None:
    nu = texte.strip()
    trouve = NUMERO.match(nu[:80])
    if not trouve:
        return None
    ecrit = trouve[1].strip()
    titre = en_clair(_sans_marques(nu[trouve.end() :], nu[: trouve.start(1)])).strip("* \u00a0")
    if not titre:
        return None
    ordinal = next((i for i, mot in enumerate(RANGS, 1) if re.match(mot, ecrit, re.I)), 0)
    if ordinal:
        return Numero(ecrit, "mot", "ordinal", ordinal, 1, titre)
    mot = re.match(r"[A-Za-zè]{4,}", ecrit)
    apres_mot = re.search(r"(?:\d{1,2}|\b[IVX]{1,5})\s?[:.–—-]?$", ecrit) if mot else None
    coeur = _en_decimal(apres_mot[0] if apres_mot else ecrit)
    chiffres = re.match(r"\d+(?:[.-]\d+)*", coeur)
    ponctuation = re.sub(r"[\w\s]", "", coeur)
    if chiffres:
        nombres = [int(x) for x in re.split(r"[.-]", chiffres[0])]
        famille = "mot" if mot else "decimal" if len(nombres) > 1 else "chiffre"
        return Numero(
            ecrit,
            famille,
            f"{famille}{ponctuation if famille == 'chiffre' else ''}",
            nombres[-1],
            len(nombres),
            titre,
            nombres[0],
        )
    lettres = re.match(r"[A-Za-z]+", coeur)
    if not lettres:
        return None
    if re.fullmatch(r"[IVX]+", lettres[0]):
        return Numero(ecrit, "mot" if mot else "romain", f"romain{ponctuation}", _romain(lettres[0]), 1, titre)
    famille = "majuscule" if lettres[0].isupper() else "minuscule"
    return Numero(ecrit, famille, f"{famille}{ponctuation}", ord(lettres[0].lower()) - 96, 1, titre)


def _en_decimal(ecrit: str) -> str:
    """« II.3 », « B.1 », « II.A » count as « 2.3 », « 2.1 », « 2.1 »."""
    parente = re.match(r"([IVX]+|[A-H])[.-](?=\d|[A-H](?!\w))", ecrit)
    if not parente:
        return ecrit
    rang = _romain(parente[1]) if re.fullmatch("[IVX]+", parente[1]) else ord(parente[1]) - 64
    reste = ecrit[parente.end() :]
    return f"{rang}.{reste if reste[0].isdigit() else f'{ord(reste[0]) - 64}{reste[1:]}'}"


def _sans_marques(reste: str, avant: str) -> str:
    """Without the marks opened before the number (« **1) Titre** »)."""
    ouverte = avant.strip().strip("# ")
    return reste.replace(ouverte, "") if ouverte else reste


def _romain(lettres: str) -> int:
    total = 0
    for lettre, suivante in zip(lettres, [*lettres[1:], ""], strict=True):
        valeur = _ROMAINS[lettre]
        total += -valeur if _ROMAINS.get(suivante, 0) > valeur else valeur
    return total


class Niveaux:
    """Which numbers open a part, and how deep: a style seen for the first time with « 1 » is one level deeper."""

    def __init__(self) -> None:
        self.pile: list[Numero] = []

    def placer(self, numero: Numero) -> tuple[int, bool] | None:
        """Level of a heading (True: its place in the count is doubtful); None: it does not count as a heading."""
        if numero.famille == "decimal":
            return self._decimal(numero)
        for rang, ouvert in enumerate(self.pile):
            if ouvert.style == numero.style or (
                ouvert.famille == numero.famille and numero.valeur == ouvert.valeur + 1
            ):
                if not 0 < numero.valeur - ouvert.valeur <= 3:
                    return None
                saute = numero.valeur - ouvert.valeur > 1
                self.pile[rang:] = [numero]
                return min(rang + 1, 3), saute
        if numero.valeur == 1 and len(self.pile) < 3:
            self.pile.append(numero)
            return len(self.pile), False
        if not self.pile and numero.valeur <= 3:
            self.pile = [numero]
            return 1, True
        return None

    def _decimal(self, numero: Numero) -> tuple[int, bool] | None:
        if self.pile and numero.premier not in (self.pile[0].valeur, self.pile[0].premier, self.pile[0].premier + 1):
            return None
        del self.pile[numero.profondeur - 1 :]
        while len(self.pile) < numero.profondeur - 1:
            self.pile.append(numero)
        self.pile.append(numero)
        return min(numero.profondeur, 3), False

    def fermer(self) -> None:
        """An unnumbered part of level 1 closes the open sub-levels."""
        del self.pile[1:]


class LecteurCorps:
    def __init__(self, alineas: list[Alinea], points: list[PointLu] | None = None) -> None:
        self.alineas = alineas
        self.points = {plier(point.titre).strip(" .:;") for point in points or []}
        self.numeros = [lire_numero(a.texte) if a.forme == "prose" else None for a in alineas]
        self.corps = Corps([RubriqueLue()])
        self.niveaux = Niveaux()
        self._ecarter_listes()
        self.numerote = any(numero is not None for numero in self.numeros)

    def lire(self) -> Corps:
        i = 0
        while i < len(self.alineas):
            i = self._lire_un(i)
        premiere = self.corps.rubriques[0]
        if not premiere.blocs and not premiere.titre:
            self.corps.rubriques.pop(0)
        return self.corps

    # -- which numbers are headings --

    def _ecarter_listes(self) -> None:
        """Numbers that cannot open a part: sentences, and runs « 1) … ; 2) … » without anything between."""
        for i, numero in enumerate(self.numeros):
            if numero and not _titre_de_rubrique(numero.titre):
                self.numeros[i] = None if not self._suit_un_numero(i) else numero
        debut = 0
        while debut < len(self.numeros):
            fin = self._fin_de_suite(debut)
            if fin - debut >= 2 and not self._suite_de_titres(debut, fin):
                for i in range(debut, fin):
                    self.alineas[i].numerotee = True
                    self.numeros[i] = None
            else:
                for i in range(debut, fin):
                    numero = self.numeros[i]
                    if numero and not _titre_de_rubrique(numero.titre):
                        self.numeros[i] = None
                    self.alineas[i].numerotee = False
            debut = fin

    def _suit_un_numero(self, i: int) -> bool:
        autres = [self.numeros[k] for k in (i - 1, i + 1) if 0 <= k < len(self.numeros)]
        return any(autre is not None for autre in autres)

    def _fin_de_suite(self, debut: int) -> int:
        fin = debut + 1
        ici = self.numeros[debut]
        while ici and fin < len(self.numeros):
            suivant = self.numeros[fin]
            if suivant is None or suivant.style != ici.style or suivant.valeur != ici.valeur + 1:
                break
            ici, fin = suivant, fin + 1
        return fin

    def _suite_de_titres(self, debut: int, fin: int) -> bool:
        """Headings one under the other: set apart by blank lines and counted elsewhere too."""
        numeros = [n for n in self.numeros[debut:fin] if n]
        isoles = all(a.isole for a in self.alineas[debut + 1 : fin]) or all(n.titre.isupper() for n in numeros)
        if not isoles or not all(_titre_de_rubrique(n.titre) for n in numeros):
            return False
        premier, dernier = self.numeros[debut], self.numeros[fin - 1]
        if premier is None or dernier is None:
            return False
        ailleurs = [n for i, n in enumerate(self.numeros) if n and not debut <= i < fin and n.style == premier.style]
        return any(n.valeur in (premier.valeur - 1, dernier.valeur + 1) for n in ailleurs)

    # -- one paragraph after the other --

    def _lire_un(self, i: int) -> int:
        alinea = self.alineas[i]
        if alinea.forme != "prose":
            self._bloc(bloc_de(alinea))
            return i + 1
        numero = self.numeros[i]
        if numero and self._ouvrir_numerotee(numero):
            return i + 1
        if alinea.numerotee:
            return self._liste_numerotee(i)
        titre = self._titre_de_partie(i)
        if titre is not None:
            self.corps.rubriques.append(RubriqueLue(1, "", titre))
            self.niveaux.fermer()
        elif self._intertitre(i):
            self._bloc(bloc_titre(alinea.texte))
        else:
            self._bloc(bloc_de(alinea, self._precedent()))
        return i + 1

    def _ouvrir_numerotee(self, numero: Numero) -> bool:
        place = self.niveaux.placer(numero)
        if place is None:
            if len(numero.titre) < 120:
                self.corps.doutes.append(
                    f"« {numero.ecrit} {_court(numero.titre)} » ne suit pas la numérotation : laissé en paragraphe, à "
                    "transformer en rubrique si c’est un titre."
                )
            return False
        niveau, doute = place
        if doute:
            self.corps.doutes.append(
                f"Titre « {numero.ecrit} {_court(numero.titre)} » : le numéro précédent n’a pas été trouvé."
            )
        self.corps.rubriques.append(RubriqueLue(niveau, numero.ecrit, numero.titre))
        return True

    def _liste_numerotee(self, i: int) -> int:
        fin = i
        while (
            fin < len(self.alineas)
            and self.alineas[fin].numerotee
            and self.alineas[fin].forme == "prose"
            and self.numeros[fin] is None
        ):
            fin += 1
        self._bloc(bloc_liste_numerotee([a.texte for a in self.alineas[i:fin]]))
        return fin

    def _titre_de_partie(self, i: int) -> str | None:
        """An unnumbered heading of level 1: « Conclusion », an agenda item, or any heading when none is numbered."""
        alinea = self.alineas[i]
        titre = _sans_signe(alinea.texte)
        plie = plier(titre).strip(" .:;")
        if _TETES_DE_PARTIE.fullmatch(plie) and len(alinea.lignes) == 1:
            return titre
        if len(titre) > 160 or not self._isole_avec_suite(i):
            return None
        if self.points and ressemble_a_un_titre(alinea.texte, longueur=160) and self._est_un_point(plie):
            return titre
        if alinea.texte.lstrip().startswith("#"):
            return titre
        if alinea.texte.lstrip()[:1] in PUCES_DE_TITRE and ressemble_a_un_titre(titre) and not self.numerote:
            return titre
        if (
            self.numerote
            or not ressemble_a_un_titre(alinea.texte, longueur=120)
            or (titre.endswith(":") and not titre.isupper())
        ):
            return None
        if not (titre.isupper() or (alinea.texte.strip().startswith("*") and alinea.texte.strip().endswith("*"))):
            self.corps.doutes.append(f"« {_court(titre)} » a été lu comme un titre de rubrique : vérifiez.")
        return titre

    def _est_un_point(self, plie: str) -> bool:
        return plie in self.points or bool(difflib.get_close_matches(plie, list(self.points)[:60], 1, 0.85))

    def _isole_avec_suite(self, i: int) -> bool:
        """Something stands under the heading, maybe on the next page."""
        suivant = next((a for a in self.alineas[i + 1 : i + 6] if a.forme != "folio"), None)
        return suivant is not None and suivant.forme in ("prose", "liste", "tableau")

    def _intertitre(self, i: int) -> bool:
        alinea = self.alineas[i]
        nu_ = alinea.texte.lstrip()
        nu_ = _sans_signe(nu_) if nu_[:1] in PUCES_DE_TITRE else nu_
        if len(alinea.lignes) > 1 or not ressemble_a_un_titre(nu_) or orateur(nu_):
            return False
        return self._isole_avec_suite(i)

    def _precedent(self) -> BlocLu | None:
        blocs = self.corps.rubriques[-1].blocs
        return blocs[-1] if blocs else None

    def _bloc(self, bloc: BlocLu) -> None:
        if not bloc.texte:
            return
        rubrique = self.corps.rubriques[-1]
        rubrique.blocs.append(bloc)
        if bloc.genre == "presentation" and rubrique.titre:
            qui, pages = lire_presentation(bloc.texte)
            rubrique.presente_par = rubrique.presente_par or qui
            rubrique.diaporama = rubrique.diaporama or pages


def _titre_de_rubrique(titre: str) -> bool:
    """A heading, not a sentence nor an item of a list."""
    if len(titre) > TITRE_MAX or titre[-1] in ";," or orateur(titre):
        return False
    phrase = bool(verbes(titre[:TITRE_MAX]))
    if titre.endswith((".", ":")) and phrase:
        return False
    if titre.endswith(".") and len(titre) > 110:
        return False
    return not (phrase and not titre.endswith("?") and len(titre) > 130) and titre[0] not in "0123456789%"


def _sans_signe(texte: str) -> str:
    """« ◆ Titre », « # Titre », « **Titre** »: the words."""
    nu = texte.strip()
    return en_clair(nu[1:].strip() if nu[:1] in PUCES_DE_TITRE else nu).strip("*# ")


def _court(titre: str) -> str:
    return titre if len(titre) <= 70 else f"{titre[:69].rstrip()}…"


def titres_et_blocs(alineas: list[Alinea]) -> list[BlocLu]:
    """Blocks of an annex: headings stay inside, as ``titre`` blocks."""
    blocs: list[BlocLu] = []
    for i, alinea in enumerate(alineas):
        suite = i + 1 < len(alineas) and alineas[i + 1].forme in ("prose", "liste", "tableau")
        if alinea.forme == "prose" and suite and ressemble_a_un_titre(alinea.texte) and not orateur(alinea.texte):
            bloc = bloc_titre(alinea.texte)
        else:
            bloc = bloc_de(alinea, blocs[-1] if blocs else None)
        if bloc.texte:
            blocs.append(bloc)
    return blocs
