"""The words of the reports in their languages."""

LANGUAGES = {"no": "nb", "nb": "nb", "nn": "nn", "en": "en"}

_ROWS: dict[str, tuple[str, str, str]] = {
    # key: English, bokmål, nynorsk
    "aml": ("AML report", "AML-rapport", "AML-rapport"),
    "certificate_of_registration": ("Certificate of registration", "Firmaattest", "Firmaattest"),
    "organisation_number": ("Organisation number", "Organisasjonsnummer", "Organisasjonsnummer"),
    "country": ("Country", "Land", "Land"),
    "made": ("Made", "Laget", "Laga"),
    "key_information": ("Key information", "Nøkkelopplysninger", "Nøkkelopplysningar"),
    "form": ("Form", "Organisasjonsform", "Organisasjonsform"),
    "registered": ("Registered", "Registrert", "Registrert"),
    "established": ("Established", "Stiftet", "Stifta"),
    "status": ("Status", "Status", "Status"),
    "industry": ("Industry", "Næring", "Næring"),
    "purpose": ("Purpose", "Formål", "Føremål"),
    "employees": ("Employees", "Ansatte", "Tilsette"),
    "address": ("Address", "Adresse", "Adresse"),
    "visiting": ("Visiting address", "Forretningsadresse", "Forretningsadresse"),
    "postal": ("Postal address", "Postadresse", "Postadresse"),
    "beneficials": ("Beneficial owners", "Reelle rettighetshavere", "Reelle rettshavarar"),
    "shareholders": ("Shareholders", "Aksjonærer", "Aksjonærar"),
    "subsidiaries": ("Subsidiaries", "Datterselskaper", "Dotterselskap"),
    "roles": ("Roles", "Roller", "Roller"),
    "authorities": ("Who may sign", "Signatur og prokura", "Signatur og prokura"),
    "signatureRights": ("Signature", "Signatur", "Signatur"),
    "powerOfProcuration": ("Procuration", "Prokura", "Prokura"),
    "together": ("Together", "I fellesskap", "I fellesskap"),
    "financials": ("Financials", "Regnskap", "Rekneskap"),
    "salesRevenues": ("Sales revenues", "Salgsinntekter", "Salsinntekter"),
    "operatingProfits": ("Operating profit", "Driftsresultat", "Driftsresultat"),
    "netProfits": ("Net profit", "Årsresultat", "Årsresultat"),
    "sumAssets": ("Assets", "Sum eiendeler", "Sum eigedelar"),
    "equity": ("Equity", "Egenkapital", "Eigenkapital"),
    "debt": ("Debt", "Gjeld", "Gjeld"),
    "screening": ("Screening", "Sanksjonskontroll", "Sanksjonskontroll"),
    "lists": ("Lists", "Lister", "Lister"),
    "match": ("Match", "Treff", "Treff"),
    "source": ("List", "Liste", "Liste"),
    "comment": ("Comment", "Merknad", "Merknad"),
    "name": ("Name", "Navn", "Namn"),
    "number": ("Number", "Nummer", "Nummer"),
    "born": ("Born", "Født", "Fødd"),
    "share": ("Share", "Andel", "Del"),
    "control": ("Control", "Kontroll", "Kontroll"),
    "reason": ("Reason", "Grunnlag", "Grunnlag"),
    "nothing": ("Searched, nothing found.", "Søkt, ingenting funnet.", "Søkt, ingenting funne."),
    "not_there": (
        "This chapter could not be made.",
        "Dette kapitlet kunne ikke lages.",
        "Dette kapittelet kunne ikkje lagast.",
    ),
    "more": ("and {} more", "og {} til", "og {} til"),
    "certified": (
        "The register holds this organisation as follows.",
        "Registeret har denne organisasjonen slik.",
        "Registeret har denne organisasjonen slik.",
    ),
    "signed": (
        "This document is digitally signed. The signature covers all of it.",
        "Dette dokumentet er digitalt signert. Signaturen gjelder hele dokumentet.",
        "Dette dokumentet er digitalt signert. Signaturen gjeld heile dokumentet.",
    ),
    "synthetic": (
        "Sandbox: everything in it is made up",
        "Sandkasse: alt i den er oppdiktet",
        "Sandkasse: alt i ho er oppdikta",
    ),
    "page": ("Page {} of {}", "Side {} av {}", "Side {} av {}"),
    "ceo": ("Chief executive", "Daglig leder", "Dagleg leiar"),
    "chairman": ("Chair of the board", "Styrets leder", "Styreleiar"),
    "deputyChairman": ("Deputy chair", "Nestleder", "Nestleiar"),
    "proprietor": ("Proprietor", "Innehaver", "Innehavar"),
    "boardMembers": ("Board member", "Styremedlem", "Styremedlem"),
    "deputyBoardMembers": ("Deputy board member", "Varamedlem", "Varamedlem"),
    "contactPerson": ("Contact", "Kontaktperson", "Kontaktperson"),
    "companySecretary": ("Company secretary", "Forretningsfører", "Forretningsførar"),
    "representativeForeignEntity": (
        "Representative in Norway",
        "Norsk representant",
        "Norsk representant",
    ),
    "trustee": ("Trustee", "Bostyrer", "Bustyrar"),
}


class Words:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        self.language = LANGUAGES[language]
        self._column = ("en", "nb", "nn").index(self.language)

    def __getitem__(self, key: str) -> str:
        return _ROWS[key][self._column]

    def about(self, key: str, *values: object) -> str:
        """Return a sentence with its values put in."""
        return self[key].format(*values)
