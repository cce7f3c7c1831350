"""Search in published minutes: one analyser in Python, the same answers on SQLite (FTS5) and PostgreSQL (GIN).

The database never analyses French: it only indexes the tokens made here. A word gives one token, or two when taking its
accents off changes its stem (« envoyés »), so that « AMELIORES » and « améliorés » meet whichever way round. A query
asks for every one of its words, in any order; there is no operator, so nothing typed can be a syntax error.
"""

from __future__ import annotations

import datetime
import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import snowballstemmer
from django.core.cache import cache
from django.db import connections, models
from django.db.models import Case, Lookup, Q, Value, When
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .document import Document, RubriqueDocument
from .typographie import texte_nu, typographier

if TYPE_CHECKING:
    from .models import CompteRendu, CompteRenduQuerySet

FILTRES = "publics:filtres"  # cache key: what the public list can be filtered by
TERMES_MAXIMUM = 20
REQUETE_MAXIMUM = 2_000  # characters read of what was typed
MOT_MAXIMUM = 40  # characters kept of a token
RACINE_MAXIMUM = 30  # a longer word, or one with a digit, is not French: kept whole (and stemming it is slow)
MOTS_MAXIMUM = 20_000  # distinct tokens kept of one text (PostgreSQL refuses a vector of more than 1 MiB)
EXTRAIT_LU = 300_000  # characters read in search of an extract

_MOT = re.compile(r"[^\W_]+")
_PAS_ASCII = re.compile(r"[^a-z0-9]")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
MOTS_VIDES = frozenset(
    """
    a ai as au aux avec c ca ce ces cet cette d dans de des du elle elles en est et etre eu eux il ils j je l la le les
    leur leurs lorsqu lui m ma mais me mes n ne nos notre nous on ont ou par pas pour puisqu qu que quelqu qui s sa se
    ses son sont sur t ta te tes toi ton tu un une vos votre vous y
    """.split()
)


# --- The analyser -------------------------------------------------------------------------------------------------

_fil = threading.local()  # a stemmer keeps its word in itself: one per thread


def _raciner(mot: str) -> str:
    """Stem until nothing changes: Snowball alone leaves « usager » and « usagers » apart."""
    if len(mot) > RACINE_MAXIMUM or not mot.isalpha():
        return mot
    if not hasattr(_fil, "racineur"):
        _fil.racineur = snowballstemmer.stemmer("french")
    for _ in range(8):
        racine = _fil.racineur.stemWord(mot)
        if racine == mot:
            break
        mot = racine
    return mot


def sans_accents(mot: str) -> str:
    return "".join(lettre for lettre in unicodedata.normalize("NFD", mot) if not unicodedata.combining(lettre))


def _clef(racine: str) -> str:
    """ASCII letters and digits only, whatever the script: neither database has anything left to interpret."""
    return _PAS_ASCII.sub(lambda lettre: f"u{ord(lettre[0]):x}", sans_accents(racine))[:MOT_MAXIMUM]


@lru_cache(maxsize=50_000)
def _formes(mot: str) -> tuple[str, ...]:
    """Tokens of one lower-case word: () for a stop word, two when its accents change its stem."""
    nu = sans_accents(mot)
    if not nu or nu in MOTS_VIDES:
        return ()
    accentuee, nue = _clef(_raciner(mot)), _clef(_raciner(nu))
    return (accentuee,) if accentuee == nue else (accentuee, nue)


def _normaliser(texte: str) -> str:
    return unicodedata.normalize("NFKC", texte).lower().translate(_LIGATURES)


def _groupes(texte: str) -> Iterator[tuple[str, ...]]:
    for mot in _MOT.finditer(_normaliser(texte)):
        formes = _formes(mot[0][: 2 * MOT_MAXIMUM])
        if formes:
            yield formes


def analyser(texte: str) -> list[str]:
    """Tokens of a French text, in order, stop words left out: « Les œuvres d’été » → ``["oeuvr", "ete"]``."""
    return [formes[0] for formes in _groupes(texte)]


def termes(texte: str) -> list[tuple[str, ...]]:
    """What a query asks for: at most 20 different words, each as its tokens (any of them will do)."""
    return list(dict.fromkeys(_groupes(texte[:REQUETE_MAXIMUM])))[:TERMES_MAXIMUM]


def _sac(textes: Iterable[str]) -> str:
    """The distinct tokens of texts, sorted, parted by one space."""
    mots: set[str] = set()
    for texte in textes:
        for formes in _groupes(texte):
            mots.update(formes)
            if len(mots) >= MOTS_MAXIMUM:
                break
    return " ".join(sorted(mots))


# --- The index ----------------------------------------------------------------------------------------------------


class IndexRecherche(models.Model):
    """What the search knows of a published compte rendu. Derived from its frozen document: `manage.py reindexer`.

    SQLite: an FTS5 table and three triggers beside it; PostgreSQL: a generated column ``vecteur`` and its GIN index;
    both set by ``poser_index``. A migration that alters this model must call it again (SQLite rebuilds the table).
    """

    compte_rendu = models.OneToOneField(
        "comptes_rendus.CompteRendu", on_delete=models.CASCADE, primary_key=True, related_name="recherche"
    )
    titre = models.CharField("titre", max_length=1000, blank=True)
    texte = models.TextField("texte sans mise en forme", blank=True)
    tokens = models.TextField(blank=True)
    tokens_titre = models.TextField(blank=True)  # title and headings; one space before and after each token

    class Meta:
        app_label = "comptes_rendus"
        verbose_name = "index de recherche"

    def __str__(self) -> str:
        return self.titre


class Correspond(Lookup):  # type: ignore[type-arg]
    """``tokens__correspond=termes(…)``: has every term. The right side is built here, never taken from the visitor."""

    lookup_name = "correspond"
    prepare_rhs = False

    def _alias(self, connection: Any) -> str:
        return str(connection.ops.quote_name(self.lhs.alias))

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[str]]:
        groupes = ("(" + " OR ".join(f'"{forme}"' for forme in formes) + ")" for formes in self.rhs)
        trouves = "SELECT rowid FROM comptes_rendus_recherche_fts WHERE comptes_rendus_recherche_fts MATCH %s"
        return f"{self._alias(connection)}.compte_rendu_id IN ({trouves})", [" AND ".join(groupes)]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[str]]:
        groupes = ("(" + " | ".join(f"'{forme}'" for forme in formes) + ")" for formes in self.rhs)
        return f"{self._alias(connection)}.vecteur @@ %s::tsquery", [" & ".join(groupes)]


IndexRecherche._meta.get_field("tokens").register_lookup(Correspond)

_SQLITE = (
    """
    CREATE VIRTUAL TABLE comptes_rendus_recherche_fts USING fts5(
        tokens, content='comptes_rendus_indexrecherche', content_rowid='compte_rendu_id',
        tokenize='ascii', detail=none, columnsize=0
    )
    """,
    """
    CREATE TRIGGER comptes_rendus_recherche_ajout AFTER INSERT ON comptes_rendus_indexrecherche BEGIN
        INSERT INTO comptes_rendus_recherche_fts(rowid, tokens) VALUES (new.compte_rendu_id, new.tokens);
    END
    """,
    """
    CREATE TRIGGER comptes_rendus_recherche_retrait AFTER DELETE ON comptes_rendus_indexrecherche BEGIN
        INSERT INTO comptes_rendus_recherche_fts(comptes_rendus_recherche_fts, rowid, tokens)
        VALUES ('delete', old.compte_rendu_id, old.tokens);
    END
    """,
    """
    CREATE TRIGGER comptes_rendus_recherche_change AFTER UPDATE ON comptes_rendus_indexrecherche BEGIN
        INSERT INTO comptes_rendus_recherche_fts(comptes_rendus_recherche_fts, rowid, tokens)
        VALUES ('delete', old.compte_rendu_id, old.tokens);
        INSERT INTO comptes_rendus_recherche_fts(rowid, tokens) VALUES (new.compte_rendu_id, new.tokens);
    END
    """,
    "INSERT INTO comptes_rendus_recherche_fts(comptes_rendus_recherche_fts) VALUES ('rebuild')",
)
_SQLITE_RETRAIT = (
    "DROP TRIGGER IF EXISTS comptes_rendus_recherche_ajout",
    "DROP TRIGGER IF EXISTS comptes_rendus_recherche_retrait",
    "DROP TRIGGER IF EXISTS comptes_rendus_recherche_change",
    "DROP TABLE IF EXISTS comptes_rendus_recherche_fts",
)
# The vector is made from the tokens as they are: PostgreSQL's own parser would cut « 2e5 » otherwise than FTS5.
_POSTGRESQL = (
    """
    ALTER TABLE comptes_rendus_indexrecherche ADD COLUMN vecteur tsvector
        GENERATED ALWAYS AS (array_to_tsvector(string_to_array(tokens, ' '))) STORED
    """,
    "CREATE INDEX comptes_rendus_recherche_gin ON comptes_rendus_indexrecherche USING gin (vecteur)",
)
_POSTGRESQL_RETRAIT = ("ALTER TABLE comptes_rendus_indexrecherche DROP COLUMN IF EXISTS vecteur",)


def poser_index(*, base: str = "default") -> None:
    """Set what the database needs to search ``tokens``; SQLite: set it anew, from the rows that are there."""
    if connections[base].vendor == "sqlite":
        _executer((*_SQLITE_RETRAIT, *_SQLITE), base)
    elif not _a_vecteur(base):
        _executer(_POSTGRESQL, base)


def retirer_index(*, base: str = "default") -> None:
    _executer(_SQLITE_RETRAIT if connections[base].vendor == "sqlite" else _POSTGRESQL_RETRAIT, base)


def _a_vecteur(base: str) -> bool:
    with connections[base].cursor() as curseur:
        colonnes = connections[base].introspection.get_table_description(curseur, IndexRecherche._meta.db_table)
    return any(colonne.name == "vecteur" for colonne in colonnes)


def _executer(ordres: Iterable[str], base: str) -> None:
    with connections[base].cursor() as curseur:
        for ordre in ordres:
            curseur.execute(ordre)


# --- Writing it ---------------------------------------------------------------------------------------------------


def indexer(compte_rendu: CompteRendu) -> IndexRecherche:
    """Index the frozen document of signed minutes; belongs to the transaction that publishes them. Idempotent."""
    from .models import CompteRendu, PdfFige

    assert compte_rendu.pdf_signe_id is not None, "only signed minutes are published"
    brut = PdfFige.objects.values_list("document", flat=True).get(pk=compte_rendu.pdf_signe_id)
    document, seance = Document.depuis_json(brut), compte_rendu.seance
    titres, corps = _titres(document), _corps(document)
    tete = [seance.comite.nom, seance.comite.sigle, seance.quand, *(ligne.texte for ligne in document.tete)]
    index, _ = IndexRecherche.objects.update_or_create(
        compte_rendu=compte_rendu,
        defaults={
            "titre": (document.titre or document.intitule).replace("\x00", "")[:1000],
            "texte": corps.replace("\x00", ""),
            "tokens": _sac([*titres, *tete, corps]),
            "tokens_titre": f" {_sac(titres)} ",
        },
    )
    compte_rendu.date_de_tri = seance.date or datetime.date.min
    CompteRendu.objects.filter(pk=compte_rendu.pk).update(date_de_tri=compte_rendu.date_de_tri)
    cache.delete(FILTRES)
    return index


def _titres(document: Document) -> list[str]:
    rubriques = [*document.rubriques, *document.annexes]
    return [document.titre, *(p.titre for p in document.ordre_du_jour), *(r.titre for r in rubriques)]


def _corps(document: Document) -> str:
    """The running text, one line per block, as an extract quotes it."""
    lignes: list[str] = []
    for groupe in document.presences:
        lignes += [groupe.titre, *(ligne.replace("\t", ", ") for ligne in groupe.lignes)]
    lignes += [f"{point.numero} {point.titre}" for point in document.ordre_du_jour]
    lignes += _lignes(document.rubriques)
    lignes += [" ".join(document.signature), *_lignes(document.annexes)]
    return "\n".join(texte_nu(ligne.strip()) for ligne in lignes if ligne.strip())


def _lignes(rubriques: Iterable[RubriqueDocument]) -> Iterator[str]:
    for rubrique in rubriques:
        yield f"{rubrique.numero} {rubrique.titre}"
        for bloc in rubrique.blocs:
            yield texte_de(typographier(bloc.html))


class _Texte(HTMLParser):
    """Text of clean HTML; what is a line of its own stays parted from its neighbours."""

    EN_LIGNE = frozenset({"a", "em", "strong", "sup"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.morceaux: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in self.EN_LIGNE:
            self.morceaux.append(" ")

    def handle_data(self, data: str) -> None:
        self.morceaux.append(data)


def texte_de(html: str) -> str:
    """The words of an HTML string, on one line."""
    lecteur = _Texte()
    lecteur.feed(html)
    lecteur.close()
    return re.sub(r"[ \t\r\n]+", " ", "".join(lecteur.morceaux)).strip()


# --- Reading it ---------------------------------------------------------------------------------------------------


def rechercher(queryset: CompteRenduQuerySet, texte: str) -> CompteRenduQuerySet:
    """Published minutes that have every word of ``texte``, best first; all of them when it is blank.

    Order, the same on every database: those whose title or headings hold every word, then the newest sitting.
    Words too common to be searched are left out; a text of nothing else finds nothing. Never raises.
    """
    recents = ("-date_de_tri", "-pk")
    queryset = queryset.publies()
    if not texte.strip():
        return queryset.order_by(*recents)
    demandes = termes(texte)
    if not demandes:
        return queryset.none()
    au_titre = Q()
    for formes in demandes:
        un_mot = Q()
        for forme in formes:
            un_mot |= Q(recherche__tokens_titre__contains=f" {forme} ")
        au_titre &= un_mot
    return (
        queryset.filter(recherche__tokens__correspond=demandes)
        .annotate(au_titre=Case(When(au_titre, then=Value(1)), default=Value(0)))
        .order_by("-au_titre", *recents)
    )


def surligner(texte: str, demandes: Iterable[tuple[str, ...]]) -> SafeString:
    """``texte`` escaped, its words that answer the query inside ``<mark>``."""
    cherches = {forme for formes in demandes for forme in formes}
    morceaux: list[str] = []
    fin = 0
    for mot in _MOT.finditer(texte):
        if cherches & _jetons(mot[0]):
            morceaux += [escape(texte[fin : mot.start()]), "<mark>", escape(mot[0]), "</mark>"]
            fin = mot.end()
    return mark_safe("".join([*morceaux, escape(texte[fin:])]))  # noqa: S308 - every piece is escaped above


def extrait(texte: str, demandes: list[tuple[str, ...]], *, longueur: int = 260) -> SafeString:
    """One or two passages of ``texte`` where the query is, highlighted; its beginning when it is nowhere there."""
    texte = texte[:EXTRAIT_LU]
    debut, trouves = _meilleur_debut(texte, demandes, longueur)
    debuts, restants = [debut], [formes for formes in demandes if not trouves.intersection(formes)]
    if trouves and restants:
        autre, trouves = _meilleur_debut(texte, restants, longueur)
        if trouves and abs(autre - debut) > longueur // 2:
            debuts = sorted((debut, autre))
            longueur //= 2
    passages = [_passage(texte, debut, longueur) for debut in debuts]
    vus = " … ".join(surligner(passage, demandes) for passage, _, _ in passages)
    return mark_safe(("… " if passages[0][1] else "") + vus + (" …" if passages[-1][2] else ""))  # noqa: S308


def _passage(texte: str, debut: int, longueur: int) -> tuple[str, bool, bool]:
    """From its line or a word before ``debut`` to the end of a word; whether something is left before, and after."""
    if debut:
        ligne = texte.rfind("\n", max(0, debut - 80), debut) + 1
        debut = ligne or texte.find(" ", max(0, debut - 60), debut) + 1 or debut
    fin = debut + longueur
    if fin < len(texte):
        fin = max(texte.rfind(" ", debut + longueur // 2, fin), debut + longueur // 2)
    return texte[debut:fin].strip().replace("\n", " · "), debut > 0, fin < len(texte)


def _jetons(mot: str) -> set[str]:
    return {forme for formes in _groupes(mot) for forme in formes}


def _meilleur_debut(texte: str, demandes: list[tuple[str, ...]], longueur: int) -> tuple[int, set[str]]:
    """Where the first window begins that holds most different words of the query, and the tokens found in it."""
    cherches = {forme: formes[0] for formes in demandes for forme in formes}
    vus: list[tuple[int, str]] = []
    meilleur, trouves = 0, set[str]()
    for mot in _MOT.finditer(texte):
        dedans = {cherches[jeton] for jeton in _jetons(mot[0]) if jeton in cherches}
        if not dedans:
            continue
        vus = [(place, jeton) for place, jeton in vus if mot.start() - place < longueur - 60]
        vus += [(mot.start(), jeton) for jeton in dedans]
        distincts = {jeton for _, jeton in vus}
        if len(distincts) > len(trouves):
            meilleur, trouves = vus[0][0], distincts
        if len(trouves) == len(demandes):
            break
    return meilleur, trouves
