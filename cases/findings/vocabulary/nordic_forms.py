"""Legal forms of Sweden, Finland and Denmark, whose words come in their own languages."""

from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary.wording import Words

NORDIC_FORMS: dict[str, Words] = {
    "AKTIEBOLAG": _("Limited company (aktiebolag)"),
    "PUBLIKT_AKTIEBOLAG": _("Public limited company (publikt aktiebolag)"),
    "HANDELSBOLAG": _("General partnership (handelsbolag)"),
    "KOMMANDITBOLAG": _("Limited partnership (kommanditbolag)"),
    "ENSKILD_FIRMA": _("Sole proprietorship (enskild firma)"),
    "EKONOMISK_FORENING": _("Economic association (ekonomisk förening)"),
    "IDEELL_FORENING": _("Non-profit association (ideell förening)"),
    "BOSTADSRATTSFORENING": _("Housing cooperative (bostadsrättsförening)"),
    "STIFTELSE": _("Foundation (stiftelse)"),
    "KOMMUN": _("Municipality (kommun)"),
    "OSAKEYHTIO": _("Limited company (osakeyhtiö)"),
    "JULKINEN_OSAKEYHTIO": _("Public limited company (julkinen osakeyhtiö)"),
    "ASUNTO_OSAKEYHTIO": _("Housing company (asunto-osakeyhtiö)"),
    "AVOIN_YHTIO": _("General partnership (avoin yhtiö)"),
    "KOMMANDIITTIYHTIO": _("Limited partnership (kommandiittiyhtiö)"),
    "OSUUSKUNTA": _("Cooperative (osuuskunta)"),
    "YKSITYINEN_ELINKEINONHARJOITTAJA": _("Sole trader (yksityinen elinkeinonharjoittaja)"),
    "YHDISTYS": _("Association (yhdistys)"),
    "SAATIO": _("Foundation (säätiö)"),
    "KUNTA": _("Municipality (kunta)"),
    "AKTIESELSKAB": _("Limited company (aktieselskab)"),
    "ANPARTSSELSKAB": _("Private limited company (anpartsselskab)"),
    "IVAERKSAETTERSELSKAB": _("Entrepreneurial company (iværksætterselskab)"),
    "INTERESSENTSKAB": _("General partnership (interessentskab)"),
    "KOMMANDITSELSKAB": _("Limited partnership (kommanditselskab)"),
    "PARTNERSELSKAB": _("Limited partnership by shares (partnerselskab)"),
    "ENKELTMANDSVIRKSOMHED": _("Sole proprietorship (enkeltmandsvirksomhed)"),
    "FORENING": _("Association (forening)"),
    "FOND": _("Foundation (fond)"),
}
