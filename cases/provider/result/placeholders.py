"""What registers and lists write where they know nothing. Decided here alone: a placeholder identifies nobody."""

from cases.provider.result import placeholder_words
from cases.provider.result.placeholder_words import bare, folded


def _listed(words: str) -> frozenset[str]:
    return frozenset(word.strip() for line in words.split("\n") for word in line.split("|") if word.strip())


# Without case, accents and signs: n/a is `n a`, okänd `okand`.
UNKNOWN = _listed(
    """
    n a|na|nn|n n|x|xx|xxx|xxxx|tba|tbd|nil|none|null|undefined|unspecified|unnamed|no name|noname|anonymous
    unknown|unknown name|name unknown|unknown person|unknown owner|unknown shareholder|not known|not available
    not applicable|not stated|not specified|not disclosed|not provided|not registered|missing|no data
    ukjent|ukjent navn|navn ukjent|ukjent person|ukjent eier|ukjent aksjonær|ukjent aksjonaer|ikke kjent|uoppgitt
    ikke oppgitt|ikke registrert|ikke tilgjengelig|mangler
    okand|okant|okand person|okand agare|namn okant|ej kand|ej angivet|ej angiven|inte angivet|uppgift saknas
    namn saknas|saknas
    tuntematon|nimi tuntematon|ei tiedossa|ei ilmoitettu|ei saatavilla|puuttuu
    ukendt|ukendt navn|ukendt person|ukendt ejer|ikke oplyst|uoplyst
    unbekannt|nicht bekannt|nicht verfugbar|keine angabe|inconnu|desconocido|sconosciuto
    anonym|anonymt|sperret|skjermet|hemmelig|hemlig|sekretess|sekretessmarkerad|confidential|protected|redacted
    skyddad identitet|skyddad|skyddade personuppgifter|protected identity|hemmelig adresse|hemlig adress|turvakielto
    fornavn etternavn|fornavn efternavn|fornamn efternamn|etunimi sukunimi|vorname nachname|first name last name
    firstname lastname|fnu|lnu|fornavn|etternavn|efternavn|fornamn|efternamn|first name|last name|firstname|lastname
    неизвестно|неизвестен|неизвестныи|не указано|не указан|нет данных|невідомо|невідомии|немає даних|αγνωστοσ|αγνωστο
    غير معروف|bilinmiyor|belirtilmemis|nieznany|nieznana|nieznane|brak danych|brak|onbekend|niet bekend|tundmatu
    nezinams|nezinomas|neznamy|to be confirmed|tbc|to be determined|to be announced|finnes ikke|finns ej|finnes ej
    ubekendt|ubekjent|ingen|ingen oplyst|ingen oppgitt|none registered|nobody|no one
    no beneficial owner|no beneficial owners|no ubo|ingen reelle rettighetshavere|ingen reell rettighetshaver
    ingen reelle ejere|ingen reel ejer|ingen verklig huvudman|ingen reell eier|ingen reelle eiere
    ei edunsaajaa|ei todellista edunsaajaa|ei tosiasiallista edunsaajaa
    ei ole ilmoitettu|nimea ei ole ilmoitettu|ei ole tiedossa|ei ole saatavilla|kode 6|kode 7
    under registrering|to be advised|placeholder|self|the company|the company itself
    """
)
# What stands for many, or for nobody who owns: shares that an organisation holds in itself are nobody's.
COLLECTIVE = _listed(
    """
    other shareholders|others|other owners|various|various owners|various shareholders|minority shareholders
    remaining shareholders|small shareholders|treasury shares|own shares|public float|free float
    øvrige|øvrige aksjonærer|øvrige aksjonaerer|øvrige eiere|øvrige ejere|øvrige aktionærer|andre aksjonærer|andre eiere
    andre aktionærer|andre ejere|diverse|diverse eiere|diverse ejere|diverse aksjonærer|diverse aktionærer|smaaksjonærer
    smaaktionærer|egne aksjer|egne aktier|egne andeler|egne anparter
    ovriga|ovriga aktieagare|ovriga agare|andra aktieagare|andra agare|diverse agare|diverse aktieagare|egna aktier
    smaaktieagare|muut|muut osakkaat|muut omistajat|muut osakkeenomistajat|omat osakkeet|pienomistajat
    """
)
# What stands where a name belongs while nobody holds a role, or in place of who holds it.
VACANT = _listed(
    """
    vacant|vakant|ledig|ubesatt|ubesat|avoin|vakans|tom plass|styreleder|styrets leder|styreformann|nestleder
    styremedlem|varamedlem|daglig leder|administrerende direktør|direktør|prokurist|signaturberettiget|styret
    styrelseordforande|ordforande|styrelseledamot|verkstallande direktor|vd|bestyrelsesformand|bestyrelsesmedlem
    bestyrelsen|styrelsen|hallituksen puheenjohtaja|puheenjohtaja|toimitusjohtaja|hallituksen jasen|hallitus
    chairman|chairman of the board|chair of the board|board member|member of the board|managing director
    chief executive|chief executive officer|ceo|director|signatory|the board
    """
)
WORDS = UNKNOWN | COLLECTIVE | VACANT
LEAST_TO_FOLD = 6  # letters
# What may be somebody's name, or a part of it: repeated, or with a number, it is not taken for a placeholder.
SHORT = frozenset({"n a", "na", "n", "x", "xx", "nil", "none", "missing"})
# The same however their letters are typed (oevrige for øvrige); a short one may then be a name, as Bræk and Naa are.
FOLDED = frozenset(folded(word) for word in WORDS if len(word) >= LEAST_TO_FOLD)
BEGINNINGS = frozenset(folded(word)[:2] for word in WORDS) | placeholder_words.BEGINNINGS
LONGEST = 80  # characters a placeholder may have


def is_placeholder(text: str | None) -> bool:
    """Does a name, or another text, say no more than that nothing is known?"""
    if not text:
        return True
    if len(text) > LONGEST:
        return False
    begins = text[:2]
    if begins.isascii() and begins.isalpha() and _beginning(text) not in BEGINNINGS:
        return False
    words = bare(text)
    return not words or _is_listed(words) or not words.replace("0", "").strip() or _is_all_of_them(words)


def _beginning(text: str) -> str:
    """Give the two letters with which a text begins once it is folded: of two pairs of letters, at most."""
    return folded(text[:4].casefold())[:2].rstrip()


def _is_listed(words: str) -> bool:
    return words in WORDS or folded(words) in FOLDED


def _is_all_of_them(words: str) -> bool:
    """Are several placeholders put together, or numbered: unknown (unknown), FNU LNU, ukjent eier 1?"""
    parts = [word for word in words.split() if not word.isdecimal()]
    if parts and all(_is_listed(word) and word not in SHORT for word in parts):
        return True
    whole = " ".join(parts)
    if len(whole) < len(words) and _is_listed(whole) and (whole == "n a" or whole not in SHORT):
        return True
    return placeholder_words.says_nothing(words.split())
