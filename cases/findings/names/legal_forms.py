"""Legal forms in names: short or written out, in front or behind, in English, German, Russian and the Nordic languages.

What is written out is found by its sound, so that every transliteration of it is found.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.findings.names.spellings import sound, spelled

# Of the Nordic countries; in English, and at the Gulf; of the rest of Europe; Russian, in both scripts.
SHORT = """
    as asa ans da enk nuf ks iks sf ba bbl kf ab abp hb kb publ oy oyj ky tmi osk oyab aps ivs ps is amba smba fmba
    ehf hf slf
    ltd plc llp lp llc inc corp co pty pte sdn bhd fze fzc fzco fzllc dmcc
    gmbh mbh ag kg kgaa ohg ug ev eg se bv nv cv vof sa sarl rl sas sasu eurl snc sprl srl spa sl slu lda ltda
    spzoo doo dd ad ood eood kft zrt nyrt sro uab sia ou oü
    jsc ojsc cjsc pjsc ooo oao zao pao nao ao too tov prat fgup fsue ооо оао зао пао нао ао тоо тов прат
"""
SHORT_IN_FRONT = """
    as ab ans oy ou oü enk tmi uab sia ip ип llc jsc ojsc cjsc pjsc ooo oao zao pao nao ao too tov prat fgup fsue
    ооо оао зао пао нао ао тоо тов прат
"""
# Those that are nobody's surname, given name or initials, as As, Ba, Da, Sa, Co, Sia and Pao are.
NOBODYS_NAME = """
    publ oyj oyab aps amba smba fmba ehf
    ltd plc llp llc inc corp pty pte sdn bhd fze fzc fzco fzllc dmcc
    gmbh mbh kgaa ohg sarl eurl snc sprl srl ltda spzoo eood kft zrt nyrt sro uab
    jsc ojsc cjsc pjsc ooo oao fgup fsue ооо оао зао
"""
BEHIND_ALONE = "limited incorporated corporation company liability haftungsbeschränkt"
WRITTEN_OUT = """
    aksjeselskap, aksjeselskapet, allmennaksjeselskap, allmennaksjeselskapet, ansvarlig selskap,
    selskap med delt ansvar, selskap med begrenset ansvar, kommandittselskap, kommandittselskapet,
    samvirkeforetak, samvirkeforetaket, stiftelsen, stiftelse, det ansvarlige selskapet,
    norskregistrert utenlandsk foretak, borettslag, borettslaget,
    aktiebolag, aktiebolaget, publikt aktiebolag, handelsbolag, handelsbolaget, kommanditbolag, kommanditbolaget,
    ekonomisk förening, ekonomiska föreningen, publika aktiebolaget,
    osakeyhtiö, julkinen osakeyhtiö, kommandiittiyhtiö, avoin yhtiö, osuuskunta,
    aktieselskab, aktieselskabet, anpartsselskab, anpartsselskabet, interessentskab, interessentskabet,
    kommanditselskab, kommanditselskabet, partnerselskab, partnerselskabet, iværksætterselskab, iværksætterselskabet,
    andelsselskab, andelsselskabet,
    hlutafélag, hlutafélagið, einkahlutafélag, einkahlutafélagið, osaühing, aktsiaselts,
    uždaroji akcinė bendrovė, akcinė bendrovė, sabiedrība ar ierobežotu atbildību, akciju sabiedrība,
    limited liability company, limited liability partnership, limited partnership, public limited company,
    private limited company, private company limited by shares, company limited by shares, company limited,
    limited company, joint stock company, public joint stock company, open joint stock company,
    closed joint stock company, private joint stock company, non public joint stock company, private limited,
    free zone establishment, free zone company, federal state unitary enterprise, state unitary enterprise,
    gesellschaft mit beschränkter haftung, gesellschaft mbh, und co kg, und co, and co kg, and co,
    aktiengesellschaft, kommanditgesellschaft,
    kommanditgesellschaft auf aktien, offene handelsgesellschaft, unternehmergesellschaft, eingetragener verein,
    gesellschaft bürgerlichen rechts, eingetragene genossenschaft, societas europaea,
    société anonyme, société à responsabilité limitée, società per azioni, società a responsabilità limitata,
    besloten vennootschap, naamloze vennootschap, spółka z ograniczoną odpowiedzialnością, spółka akcyjna,
    sociedad anónima, sociedad limitada, anonim şirketi, limited şirketi,
    obshchestvo s ogranichennoy otvetstvennostyu, общество с ограниченной ответственностью,
    aktsionernoe obshchestvo, akcionernoe obshchestvo, акционерное общество,
    publichnoe aktsionernoe obshchestvo, публичное акционерное общество,
    otkrytoe aktsionernoe obshchestvo, открытое акционерное общество,
    zakrytoe aktsionernoe obshchestvo, закрытое акционерное общество,
    nepublichnoe aktsionernoe obshchestvo, непубличное акционерное общество,
    federalnoe gosudarstvennoe unitarnoe predpriyatie, федеральное государственное унитарное предприятие,
    gosudarstvennoe unitarnoe predpriyatie, государственное унитарное предприятие,
    tovarishchestvo s ogranichennoy otvetstvennostyu, товарищество с ограниченной ответственностью,
    tovarystvo z obmezhenoyu vidpovidalnistyu, товариство з обмеженою відповідальністю,
    aktsionerne tovarystvo, акціонерне товариство, privatne aktsionerne tovarystvo, publichne aktsionerne tovarystvo
"""
# Of people who trade by themselves: a person and a firm at once.
SOLE_SHORT = "enk tmi"
SOLE_WRITTEN_OUT = """
    enkeltpersonforetak, enkeltpersonforetaket, enkeltmannsforetak, enskild firma,
    enskild näringsidkare, enskild näringsverksamhet,
    toiminimi, enkeltmandsvirksomhed, enkeltmandsfirma, personligt ejet mindre virksomhed,
    individualnyy predprinimatel, индивидуальный предприниматель, einzelunternehmen, eingetragener kaufmann,
    individual entrepreneur, sole proprietorship, sole trader, sole proprietor
"""
IN_SOLE_NAMES = [
    "enk",
    "tmi",
    "enskild",
    "toiminimi",
    "enkelt",
    "individual",
    "sole",
    "einzel",
    "kaufmann",
    "индивид",
    "personligt",
]
SOLE_TYPE_WORDS = """
    SOLE_PROPRIETORSHIP SOLE_PROPRIETOR SOLE_TRADER ENK ENKELTPERSONFORETAK ENKELTMANNSFORETAK ENKELTMANDSVIRKSOMHED
    ENSKILD_FIRMA ENSKILD_NARINGSIDKARE ENSKILD_NARINGSVERKSAMHET TOIMINIMI TMI YKSITYINEN_ELINKEINONHARJOITTAJA
    PERSONLIGT_EJET_MINDRE_VIRKSOMHED PMV
"""
SOLE_TYPES = frozenset(SOLE_TYPE_WORDS.split())


def _sounds(phrases: str) -> frozenset[str]:
    return frozenset(
        " ".join(sound(spelled(word)) for word in phrase.split())
        for phrase in phrases.split(",")
        if phrase.strip()
    )


CERTAIN, SOLE = frozenset(NOBODYS_NAME.split()), frozenset(SOLE_SHORT.split())
IN_FRONT, BEHIND = frozenset(SHORT_IN_FRONT.split()) | CERTAIN, frozenset(SHORT.split())
SOLE_PHRASES = _sounds(SOLE_WRITTEN_OUT)
PHRASES = _sounds(WRITTEN_OUT) | SOLE_PHRASES
WORDS_BEHIND = _sounds(BEHIND_ALONE.replace(" ", ","))
FIRST_WORDS = frozenset(phrase.split()[0] for phrase in PHRASES)
LAST_WORDS = frozenset(phrase.split()[-1] for phrase in PHRASES)
LONGEST = max(len(phrase.split()) for phrase in PHRASES)


@dataclass(frozen=True, slots=True)
class Bare:
    """Where the name itself stands among its words, and what kind of legal form was left out around it."""

    first: int
    last: int
    has_certain: bool
    is_sole: bool


def bare(words: Sequence[str], sounds: Sequence[str]) -> Bare:
    """Find the name without its legal forms, of which there may be several; it is never left out itself."""
    first, last = 0, len(words)
    certain = sole = False
    while last - first > 1:
        behind = _length(words[last - 1], sounds[first + 1 : last], BEHIND, LAST_WORDS, at_the_end=True)
        front = 0
        if not behind and sounds[last - 1] in WORDS_BEHIND:
            behind = 1
        if not behind:
            front = _length(words[first], sounds[first : last - 1], IN_FRONT, FIRST_WORDS, at_the_end=False)
        if not behind and not front:
            break
        out = slice(last - behind, last) if behind else slice(first, first + front)
        short, phrase = words[out][-1], " ".join(sounds[out])
        is_sole = (phrase in SOLE_PHRASES) if phrase in PHRASES else short in SOLE
        sole = sole or is_sole
        is_phrase = phrase in PHRASES or (phrase in WORDS_BEHIND and short not in BEHIND)
        certain = certain or (not is_sole and (is_phrase or short in CERTAIN))
        first, last = first + front, last - behind
    return Bare(first, last, certain, sole)


def _length(
    word: str, sounds: Sequence[str], short: frozenset[str], ends: frozenset[str], *, at_the_end: bool
) -> int:
    """How many words at this end are a legal form."""
    alone = int(word in short)
    if not sounds or sounds[-1 if at_the_end else 0] not in ends:
        return alone
    for length in range(min(LONGEST, len(sounds)), 0, -1):
        phrase = sounds[-length:] if at_the_end else sounds[:length]
        if " ".join(phrase) in PHRASES:
            return length
    return alone
