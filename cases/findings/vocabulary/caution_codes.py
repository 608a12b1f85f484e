"""Every code of a caution, the gravest first: how grave it is, which verdict it bears on, and its words in short."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary.sections import TOPICS, Topic
from cases.findings.vocabulary.wording import Words
from cases.provider.result.coverage import chapter_of


class Level(StrEnum):
    """How grave a caution is."""

    ALARM = "alarm"
    CHECK = "check"

    @property
    def words(self) -> Words:
        """The level as a reader sees it."""
        return LEVELS[self]


LEVELS: dict[Level, Words] = {Level.ALARM: _("Alarm"), Level.CHECK: _("Point to check")}


@dataclass(frozen=True, slots=True)
class Code:
    """What a code of a caution means: `words` say it in short; `topic` None: the place of the caution tells it."""

    level: Level
    topic: Topic | None
    words: Words


def _alarm(topic: Topic, words: Words) -> Code:
    return Code(Level.ALARM, topic, words)


def _check(topic: Topic | None, words: Words) -> Code:
    return Code(Level.CHECK, topic, words)


_t = Topic
# In the order in which a reader is told: what is grave, then what is to be checked.
CODES: dict[str, Code] = {
    "another_organisation": _alarm(_t.IDENTITY, _("About another organisation")),
    "confirmed_hit": _alarm(_t.SANCTIONS, _("Confirmed hit")),
    "likely_hit": _alarm(_t.SANCTIONS, _("Likely hit")),
    "screening_not_requested": _alarm(_t.SANCTIONS, _("Nobody was screened")),
    "screening_not_possible": _alarm(_t.SANCTIONS, _("Nobody was screened")),
    "screening_not_delivered": _alarm(_t.SANCTIONS, _("No outcome of the screening")),
    "screening_not_renewed": _alarm(_t.SANCTIONS, _("Ordered anew, without an outcome")),
    "screening_unknown": _alarm(_t.SANCTIONS, _("Screening failed: the provider could not tell")),
    "screening_word_unknown": _alarm(_t.SANCTIONS, _("Outcome of the screening not understood")),
    "screening_status_not_told": _alarm(_t.SANCTIONS, _("Outcome of the screening not told")),
    "hit_not_read": _alarm(_t.SANCTIONS, _("A hit that cannot be read")),
    "document_altered": _alarm(_t.DOCUMENTS, _("Altered document")),
    "document_came_with_another": _alarm(_t.DOCUMENTS, _("Came with a result about another organisation")),
    "result_spoiled": _alarm(_t.DOCUMENTS, _("Stored result cannot be shown")),
    "result_too_large": Code(Level.ALARM, None, _("Too large to be taken up whole")),
    "screening_contradictory": _alarm(_t.SANCTIONS, _("Screening contradicts itself")),
    "bankrupt": _alarm(_t.IDENTITY, _("Bankrupt")),
    "bankrupt_estate": _alarm(_t.IDENTITY, _("Bankrupt estate")),
    "liquidation": _alarm(_t.IDENTITY, _("Under liquidation")),
    "deleted": _alarm(_t.IDENTITY, _("Deleted from the register")),
    "confirmed_pep_hit": _check(_t.PEP, _("Confirmed PEP hit")),
    "likely_pep_hit": _check(_t.PEP, _("Likely PEP hit")),
    "contradictory": _check(None, _("Contradicts itself")),
    "screening_not_confirmed": _check(_t.SANCTIONS, _("Not known whether anybody was screened")),
    "hits_despite_none": _check(_t.SANCTIONS, _("‘No hits’ said, and hits listed")),
    "no_hits_despite_sanction": _check(_t.SANCTIONS, _("Hits said, and none listed")),
    "screening_empty": _check(_t.SANCTIONS, _("Screening came empty: no outcome in words")),
    "screening_message": _check(_t.SANCTIONS, _("A message that is not understood")),
    "screening_not_all_read": _check(_t.SANCTIONS, _("Parts of the screening not read")),
    "no_hit_unreliable": _check(_t.SANCTIONS, _("‘No hits’ cannot be relied upon")),
    "possible_hits": _check(_t.SANCTIONS, _("Hits to judge")),
    "pep_hits": _check(_t.PEP, _("Hits of PEP lists to judge")),
    "result_not_captured": _check(_t.DOCUMENTS, _("JSON result missing")),
    "result_not_read": _check(_t.DOCUMENTS, _("JSON result not readable")),
    "organisation_not_stated": _check(_t.IDENTITY, _("Not said whom it is about")),
    "chapters_not_delivered": _check(None, _("Parts not delivered")),
    "chapters_not_renewed": _check(None, _("Ordered anew, and not delivered")),
    "part_not_ordered": _check(None, _("Part not ordered")),
    "name_not_stated": _check(_t.IDENTITY, _("Name not stated")),
    "number_not_stated": _check(_t.IDENTITY, _("Number not stated")),
    "form_not_stated": _check(_t.IDENTITY, _("Legal form not stated")),
    "status_not_stated": _check(_t.IDENTITY, _("Status not stated")),
    "country_not_stated": _check(_t.IDENTITY, _("Country not stated")),
    "address_not_stated": _check(_t.IDENTITY, _("Address not stated")),
    "unknown_status": _check(_t.IDENTITY, _("Status not understood")),
    "unknown_form": _check(_t.IDENTITY, _("Legal form not understood")),
    "signs_of_distress": _check(_t.IDENTITY, _("Signs of bankruptcy or winding up")),
    "estate": _check(_t.IDENTITY, _("An estate")),
    "number_check": _check(_t.IDENTITY, _("Number fails its check")),
    "duns_check": _check(_t.IDENTITY, _("DUNS number odd")),
    "lei_check": _check(_t.IDENTITY, _("LEI fails its check")),
    "no_beneficial_owner": _check(_t.OWNERS, _("No beneficial owner named")),
    "no_shareholders": _check(_t.OWNERS, _("No shareholders listed")),
    "owner_without_name": _check(_t.OWNERS, _("An owner without a name")),
    "beneficial_deceased": _check(_t.OWNERS, _("Beneficial owner deceased")),
    "owner_deceased": _check(_t.OWNERS, _("An owner is deceased")),
    "owner_not_beneficial": _check(_t.OWNERS, _("25 % or more, and no beneficial owner")),
    "beneficial_is_organisation": _check(_t.OWNERS, _("Beneficial owner is an organisation")),
    "control_differs": _check(_t.OWNERS, _("Control does not fit the shares")),
    "unexplained_quarter": _check(_t.OWNERS, _("25 % or more not explained")),
    "shares_below_whole": _check(_t.OWNERS, _("Shares not all explained")),
    "shares_above_whole": _check(_t.OWNERS, _("More than 100 % of the shares")),
    "share_not_stated": _check(_t.OWNERS, _("Shares not stated")),
    "share_above_whole": _check(_t.OWNERS, _("A share above 100 %")),
    "share_negative": _check(_t.OWNERS, _("A share below zero")),
    "control_out_of_range": _check(_t.OWNERS, _("Control out of range")),
    "owner_kind_not_told": _check(_t.OWNERS, _("Not told what an owner is")),
    "owner_without_country": _check(_t.OWNERS, _("Owning organisation without country")),
    "owns_itself": _check(_t.OWNERS, _("Listed as its own owner")),
    "owns_each_other": _check(_t.OWNERS, _("An owner is a subsidiary too")),
    "one_number_two_names": _check(_t.OWNERS, _("One number, two names")),
    "listed_twice": _check(_t.OWNERS, _("Listed more than once")),
    "same_name": _check(_t.OWNERS, _("Namesakes that cannot be told apart")),
    "owned_share_not_stated": _check(_t.OWNERS, _("Shares in subsidiaries not stated")),
    "owned_share_out_of_range": _check(_t.OWNERS, _("A share in a subsidiary out of range")),
    "indicator_differs": _check(_t.OWNERS, _("An indicator differs from its list")),
    "elements_not_read": _check(None, _("Elements not read")),
    "parts_not_read": _check(None, _("Things that this portal does not read")),
    "authority_not_conclusive": _check(_t.AUTHORITY, _("Rule not conclusive")),
    "authority_not_set": _check(_t.AUTHORITY, _("No rule set")),
    "authority_not_stated": _check(_t.AUTHORITY, _("Rule not stated")),
    "authority_words_differ": _check(_t.AUTHORITY, _("Words and sets of signers differ")),
    "signer_deceased": _check(_t.AUTHORITY, _("A signer is deceased")),
    "signer_born_otherwise": _check(_t.AUTHORITY, _("A signer with another date of birth")),
    "signer_not_in_roles": _check(_t.AUTHORITY, _("A signer without role or share")),
    "signer_role_differs": _check(_t.AUTHORITY, _("A signer with another role")),
    "signer_not_identified": _check(_t.AUTHORITY, _("A signer known by name alone")),
    "signer_twice": _check(_t.AUTHORITY, _("A signer named twice in one set")),
    "role_holder_deceased": _check(_t.AUTHORITY, _("A role holder is deceased")),
    "role_without_name": _check(_t.AUTHORITY, _("A role holder without a name")),
    "role_not_stated": _check(_t.AUTHORITY, _("A role not stated")),
    "authority_reservation": _check(_t.AUTHORITY, _("Rule with a reservation")),
    "ofac_not_searched": _check(_t.SANCTIONS, _("OFAC not searched")),
    "ofac_not_stated": _check(_t.SANCTIONS, _("Not told whether OFAC was searched")),
    "lists_not_named": _check(_t.SANCTIONS, _("Lists searched not named")),
    "screening_before_parties": _check(_t.SANCTIONS, _("Owners or roles newer than the screening")),
    "searched_parties_not_told": _check(_t.SANCTIONS, _("Not told whom the provider searched")),
    "pep_not_excluded": _check(_t.PEP, _("A hit of a PEP list cannot be ruled out")),
    "pep_parties_not_told": _check(_t.PEP, _("Not told whom the provider searched")),
    "no_pep_list": _check(_t.PEP, _("No PEP list named")),
    "document_not_captured": _check(_t.DOCUMENTS, _("Document missing")),
    "document_not_a_pdf": _check(_t.DOCUMENTS, _("Document not readable")),
    "document_unsigned": _check(_t.DOCUMENTS, _("Document not signed")),
    "document_not_trusted": _check(_t.DOCUMENTS, _("Signer not trusted")),
    "document_cannot_tell": _check(_t.DOCUMENTS, _("Signature cannot be verified")),
    "document_not_checked": _check(_t.DOCUMENTS, _("Signature not checked yet")),
    "document_about_another": _check(_t.DOCUMENTS, _("May be about somebody else")),
    "certificate_old": _check(_t.DOCUMENTS, _("Certificate captured more than three months ago")),
    "negative_equity": _check(_t.FIGURES, _("Negative equity")),
    "loss": _check(_t.FIGURES, _("Loss")),
    "balance_unequal": _check(_t.FIGURES, _("Balance sheet does not balance")),
    "years_missing": _check(_t.FIGURES, _("Years without accounts")),
    "years_repeated": _check(_t.IDENTITY, _("Years with several accounts")),
    "year_not_read": _check(_t.IDENTITY, _("Accounts not read")),
}
NOT_DELIVERED, NOT_RENEWED = "chapters_not_delivered", "chapters_not_renewed"


def topic_of(code: str, place: str) -> Topic:
    """Give the topic that a caution bears on: where there is no other, the identity, that of the whole result."""
    if topic := CODES[code].topic:
        return topic
    of_place = TOPICS.get(chapter_of(place), Topic.IDENTITY)
    is_of_business = of_place is Topic.FIGURES and code not in {NOT_DELIVERED, NOT_RENEWED}
    return Topic.IDENTITY if is_of_business else of_place


GRAVITY = {code: place for place, code in enumerate(CODES)}
