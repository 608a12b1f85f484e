"""The words of which placeholders are made, in English, German and the Nordic languages, and what a text of them is.

No list of phrases: whatever is put together of these words alone says nothing of anybody, with an ending of its
language, several written as one (`navnebeskyttet`), numbered, or lettered.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache


class Sort(StrEnum):
    """What a word does in a placeholder.

    SIGN: says that something is unknown, kept back, or not there. WEAK: says so too, and may be somebody's name.
    NOT, and STATE: say so together. KIND: what is kept back, or of whom. JOINING: neither, but stands among them.
    """

    SIGN = "sign"
    WEAK = "weak"
    NOT = "not"
    STATE = "state"
    KIND = "kind"
    JOINING = "joining"
    NUMBERED = "numbered"


SIGNS = """
    unknown undisclosed unspecified unidentified unnamed untold unavailable withheld redacted protected restricted
    suppressed masked hidden concealed anonymous anonymised anonymized confidential secret classified blocked
    undefined unstated nobody
    ukjent ukjend ukjendt ubekjent uoppgitt uspesifisert sperret sperra gradert fortrolig skjermet skjerma skjult
    hemmelig hemmeligholdt beskyttet anonym anonymisert sladdet maskert utilgjengelig mangler ingen tilbakeholdt
    okänd okänt ospecificerad onämnd hemlig hemligstämplad skyddad sekretess sekretessmarkerad sekretessmarkering
    sekretessbelagd dold spärrad spärrat maskerad anonymiserad saknas otillgänglig inget
    ukendt ubekendt uoplyst uspecificeret spærret tavshedsbelagt anonymiseret
    tuntematon tuntemattom salattu salainen salassa suojattu turvakielto turvakiellon piilotettu peitetty anonyymi
    nimetön puuttuu estetty luottamuksellinen
    unbekannt gesperrt geschützt vertraulich geheim verborgen anonymisiert geschwärzt ungenannt
    adressesperre adressebeskyttelse navnebeskyttelse skjermingsverdig unntatt klausulert taushetsbelagt beskyttelse
    sekretessbelagt kvarskrivning
"""
WEAK = "missing none nil null blank empty na nn fnu lnu"
NOT = "no not cannot unable without ikke ikkje uten inga ej inte utan uden ei ilman nicht kein keine ohne"
STATES = """
    available applicable provided disclosed stated given registered known specified public permanent found
    identified identify determined determine established
    oppgitt kjent registrert tilgjengelig offentlig finnes identifisert identifiseres fastslått fastslås
    angivet angiven känd registrerad finns tillgänglig offentligt identifieras identifierad fastställas fastställd
    oplyst kendt registreret findes tilgængelig identificeres identificeret fastslået fastlægges
    tiedossa saatavilla ilmoitettu julkinen tunnistettu selvillä
    bekannt verfügbar angegeben
"""
KINDS = """
    name nickname surname person individual owner shareholder stockholder holder nominee custodian trustee beneficiary
    beneficial entity identity address abode company organisation organization somebody someone anybody deleted removed
    navn fornavn etternavn mellomnavn personen privatperson eier eigar medeier aksjonær aksjeeier andelseier innehaver
    rettighetshaver forvalter forvalterregistrert forvalterkonto selskap foretak virksomhet organisasjon identitet
    opplysning personopplysning adresse slettet fjernet bosted poststed bopel
    namn förnamn efternamn personnamn ägare delägare aktieägare innehavare huvudman förvaltare förvaltarregistrerad
    bolag företag verksamhet uppgift personuppgift adress personnummer raderad borttagen
    efternavn ejer medejer kapitalejer aktionær anpartshaver indehaver selskab virksomhed oplysning personoplysning
    forvalterregistreret bopæl
    nimi nimeä etunimi sukunimi henkilö omistaja osakas osakkeenomistaja edunsaaja haltija hallintarekisteröity
    hallintarekisteri yhtiö yritys osoite henkilötieto poistettu kotipaikka
    vorname nachname inhaber eigentümer gesellschafter aktionär treuhänder gesellschaft anschrift
    chairman chairperson director signatory member manager
    styreleder styreformann nestleder styremedlem varamedlem leder direktør prokurist styret bobestyrer
    styrelseordförande ordförande styrelseledamot ledamot suppleant verkställande styrelsen firmatecknare
    bestyrelsesformand formand bestyrelsesmedlem bestyrelsen
    puheenjohtaja toimitusjohtaja jäsen hallitus hallituksen
    vorsitzender geschäftsführer vorstand
    vacant vakant vakans ledig ubesatt avoin
    bearer ihendehaver principal national nationality citizen statsborger medborgare kansalainen
    fødselsnummer edunsaajia edunsaajat omistajia osakkaita osakkaat
"""
JOINING = """
    the a an of or and is are has been by in for to any with its their ultimate real legal natural full first last
    family other others various own small minority remaining treasury shares share private fixed
    party information details data account client customer investor holding city street firm
    foreign overseas abroad country minor yet publicly can could be total number
    og eller av er på for med har blitt etter fra det som reell reelle fysisk juridisk strengt streng offentlighet
    folkeregisteret under hele fullt konto kunde aksje aksjer andel postnummer fast firma
    utland utlandet utenlandsk utenlandske norsk norske kan kunne lar seg nr nummer kommer totalt sammenlagt
    registrering
    och är enligt verklig juridiska aktie aktier depå utländsk utländska svensk kunde folkbokföring sammanlagt
    at af reel fysiske navne depotkonto udland udlandet udenlandsk udenlandske dansk ialt
    ja tai todellinen todellista todellisia luonnollinen tietoja tietoa tiedot osake osakkeet voida ulkomainen
    ulkomailla suomalainen pidettävä yhteensä
    ist der die das und oder von angabe daten
    diverse øvrige egne övriga egna muut omat
"""
# Two that say together that nothing is told: name missing, no address, not stated.
TOGETHER = ({Sort.WEAK, Sort.KIND}, {Sort.NOT, Sort.KIND}, {Sort.NOT, Sort.STATE})
LINKS = ("", "e", "s", "n", "en", "er")  # between parts that are written as one word
SHORTEST_STEM = 4  # letters of a word that has an ending, or is a part of another
MOST_KEPT = 16384  # words
ALIKE = str.maketrans({"ø": "o", "æ": "a", "ß": "s"})
DIGRAPHS = re.compile("aa|ae|oe")
NEITHER_LETTER_NOR_DIGIT = re.compile(r"[\W_]+")


def bare(text: str) -> str:
    """Leave out case, accents and signs: words with one space between them."""
    text = text.casefold()
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in apart if unicodedata.category(char) not in {"Mn", "Cf"})
    return NEITHER_LETTER_NOR_DIGIT.sub(" ", text).strip()


def folded(word: str) -> str:
    """Write a bare word as it is looked up, however its letters are typed: ø oe o, å aa a, æ ae ä a."""
    return DIGRAPHS.sub(lambda found: found[0][0], word.translate(ALIKE))


def _listed(words: str) -> frozenset[str]:
    return frozenset(folded(bare(word)) for word in words.split())


WORD_ENDINGS = """
    s n t e a r m d en et na ne er ar or es in at ta ja de te an ens ets ers ars ene ern erna erne arna arne orna
    ade ede iden ien den
"""
ENDINGS = sorted(_listed(WORD_ENDINGS))
TABLE: tuple[tuple[Sort, frozenset[str]], ...] = (
    (Sort.SIGN, _listed(SIGNS)),
    (Sort.WEAK, _listed(WEAK)),
    (Sort.NOT, _listed(NOT)),
    (Sort.STATE, _listed(STATES)),
    (Sort.KIND, _listed(KINDS)),
    (Sort.JOINING, _listed(JOINING)),
)
STEMS: dict[str, Sort] = {word: sort for sort, words in reversed(TABLE) for word in words}
WITH_ENDINGS = {Sort.SIGN, Sort.KIND, Sort.STATE}
PARTS: dict[str, Sort] = {
    word: sort for word, sort in STEMS.items() if len(word) >= SHORTEST_STEM and sort in WITH_ENDINGS
}
BEGINNINGS = frozenset(stem[:2] for stem in STEMS)


@lru_cache(maxsize=MOST_KEPT)
def sort_of(word: str) -> Sort | None:
    """Say what a bare word does in a placeholder; None if it is no word of placeholders."""
    if word.isdecimal() or len(word) == 1:
        return STEMS.get(word, Sort.NUMBERED) if word.isalpha() else Sort.NUMBERED
    word = folded(word)
    return _of_one(word) or _of_parts(word)


def sorts_of(words: Iterable[str]) -> frozenset[Sort]:
    """Give the sorts of bare words; none at all if one of them is no word of placeholders."""
    found = set()
    for word in words:
        sort = sort_of(word)
        if sort is None:
            return frozenset()
        found.add(sort)
    return frozenset(found)


def says_nothing(words: Iterable[str]) -> bool:
    """Do all of these bare words together say that something is unknown, kept back or missing?"""
    sorts = sorts_of(words)
    return Sort.SIGN in sorts or any(both <= sorts for both in TOGETHER)


def _of_one(word: str) -> Sort | None:
    if word in STEMS:
        return STEMS[word]
    for ending in ENDINGS:
        if word.endswith(ending) and (sort := PARTS.get(word.removesuffix(ending))):
            return sort
    return None


def _of_parts(word: str) -> Sort | None:
    """Give the sort of two words of placeholders written as one: SIGN if one of them is, else KIND."""
    for at in range(SHORTEST_STEM, len(word) - SHORTEST_STEM + 1):
        last = _of_one(word[at:])
        if last is None:
            continue
        for link in LINKS:
            if word[:at].endswith(link) and (first := PARTS.get(word[: at - len(link)])):
                return Sort.SIGN if Sort.SIGN in {first, last} else Sort.KIND
    return None
