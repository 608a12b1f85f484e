"""The sentences a person reads about the signatures of a PDF, for the words that a check of them gives."""

from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary.wording import Wording, Words
from cases.models import Verdict

# Of the file as it is stored; the process that looks never saw it.
FILE_MISSING, FILE_ALTERED = "file_missing", "file_altered"
# Of the process that looks: the file asks too much of it, or it gave an answer that is none.
TOO_MUCH_TIME, TOO_MUCH_MEMORY, TOO_LARGE = "too_much_time", "too_much_memory", "too_large"
NO_ANSWER = "no_answer"
# It gave none, for a reason that need not be the file's.
NOT_IN_TIME, BROKE_OFF = "not_in_time", "broke_off"

EXPLANATIONS: dict[Verdict, dict[str, Words]] = {
    Verdict.VERIFIED: {
        "verified": _(
            "The signature covers the whole file, nothing was changed after it, and the signer’s certificate leads "
            "to a root this portal trusts."
        ),
        "verified_lta": _(
            "Nothing that is read was changed after it was signed: only time stamps, data to check the signature with "
            "or parts that no page shows were added. The signer’s certificate leads to a root this portal trusts."
        ),
        "verified_line_end": _(
            "Nothing was changed after it was signed: a line break or spaces were added at the very end of the file, "
            "and those hold nothing. The signer’s certificate leads to a root this portal trusts."
        ),
        "verified_at_capture": _(
            "Nothing was changed after it was signed. The signer’s certificate has run out since, and was valid when "
            "the portal captured the file."
        ),
        "verified_by_time_stamp": _(
            "Nothing was changed after it was signed. The signer’s certificate has run out; a time stamp that is "
            "trusted tells that it was valid when the file was signed."
        ),
    },
    Verdict.NOT_TRUSTED: {
        "no_roots": _(
            "Nothing was changed after it was signed, but no roots are configured, so nobody vouches for the signer. "
            "Whoever runs the portal names the provider’s root certificate in AML_TRUST_ROOTS; then check again."
        ),
        "unknown_root": _(
            "Nothing was changed after it was signed, but the signer’s certificate does not lead to a root this "
            "portal trusts. Anybody can make such a signature: find out who signed before you rely on it."
        ),
        "another_signer": _(
            "Nothing was changed unnoticed, but it also holds a signature whose certificate does not lead to a root "
            "this portal trusts. See below who signed."
        ),
        "wrong_usage": _(
            "Nothing was changed after it was signed, but the signer’s certificate was not issued for signing "
            "documents."
        ),
        "chain_failed": _(
            "Nothing was changed after it was signed, but a certificate between the signer and the root does not "
            "hold: it has run out, is forged, or may not vouch for others."
        ),
    },
    Verdict.ALTERED: {
        "digest_mismatch": _(
            "What was signed is not what is there: the file was changed after it was signed."
        ),
        "bad_signature": _(
            "The signature was not made with the key of the certificate that it names. It proves nothing."
        ),
        "partly_covered": _(
            "The signature leaves out a part of the file in a way no honest signature does. What it leaves out may "
            "have been put there by anybody."
        ),
        "changed_after": _("Pages, text or other content were changed or added after it was signed."),
        "filled_after": _(
            "Fields of a form were filled in or changed after it was signed, and nobody signed for that."
        ),
        "added_after": _("Something was added at the end of the file after it was signed."),
        "not_permitted": _("It was changed after it was signed, in a way the signer did not permit."),
        "signature_removed": _("An earlier version of the document was signed; the signature was taken out."),
    },
    Verdict.UNSIGNED: {
        "unsigned": _(
            "The PDF holds no signature. Who made it, and whether it was changed before it was captured, cannot be "
            "known from the file."
        ),
        "time_stamp_only": _(
            "The PDF holds a time stamp, which tells when it was there, but no signature: nobody stands for what it "
            "says."
        ),
        "usage_rights": _(
            "The PDF holds no signature: what is written like one gives a reader program permissions, and nobody "
            "stands for what the PDF says by it."
        ),
    },
    Verdict.NOT_A_PDF: {"not_a_pdf": _("What was captured is something else than a PDF.")},
    Verdict.CANNOT_TELL: {
        "encrypted": _("It is locked with a password or a key, so nothing of it can be checked."),
        "damaged": _(
            "It begins like a PDF, but is incomplete, damaged or written otherwise than the standard says, so this "
            "portal cannot read its signature."
        ),
        "unreadable_signature": _(
            "It holds a signature that this portal cannot read. Another reader of PDFs may be able to."
        ),
        "unknown_algorithm": _(
            "It was signed with an algorithm that this portal does not know, so whether the signature fits cannot be "
            "told. Another reader of PDFs may know it."
        ),
        "something_beside": _(
            "Something stands beside the signature in its own place, where a signature covers nothing and anybody may "
            "write. No page shows it."
        ),
        "not_comparable": _(
            "Something was added after it was signed, and this portal cannot tell what that changes."
        ),
        "annotated_as_permitted": _(
            "Notes (comments, stamps, shapes) were put on its pages, changed or taken out after it was signed. Its "
            "signer permitted that; who did it cannot be known, and notes may hide what a page says. Compare with "
            "the file as it was signed."
        ),
        "may_mislead": _(
            "Something was added after it was signed that honest programs add too. Nothing that was signed is gone, "
            "but the addition may hide it or tell otherwise. Compare with the file as it was signed."
        ),
        "filled_as_permitted": _(
            "Fields of a form were filled in after it was signed. Its signer permitted that; who filled them in cannot "
            "be known."
        ),
        "unsupported_signature": _(
            "It is signed in a way this portal does not know. Another reader of PDFs may know it."
        ),
        "signature_hidden": _(
            "Something like a signature is in the file, but the document does not refer to it. It may have been "
            "taken out or hidden."
        ),
        "too_many_signatures": _("It holds more signatures than this portal looks at."),
        "too_many_changes": _("It was changed more often than this portal looks at."),
        "weak_algorithm": _(
            "It was signed with an algorithm that can be forged by now, so the signature proves nothing."
        ),
        "expired": _(
            "Nothing was changed after it was signed, but the signer’s certificate had run out before the file was "
            "captured, and no time stamp that is trusted tells that it was valid when it was used."
        ),
        "not_yet_valid": _(
            "Nothing was changed after it was signed, but the signer’s certificate is not valid yet. Compare the "
            "clock of this machine."
        ),
        TOO_MUCH_TIME: _("Reading it takes longer than is allowed; such a file may be made to do harm."),
        TOO_MUCH_MEMORY: _(
            "Reading it takes more memory than is allowed; such a file may be made to do harm."
        ),
        TOO_LARGE: _("It is larger than this portal looks into."),
        NOT_IN_TIME: _(
            "It was not read in the time allowed, at several tries. That may lie with this machine, when it has much "
            "else to do. Check again later."
        ),
        BROKE_OFF: _(
            "Reading it broke off before there was an answer, at several tries. That may lie with this machine as "
            "well as with the file. Check again later."
        ),
        NO_ANSWER: _("The program that reads signatures gave an answer that cannot be used."),
        FILE_MISSING: _(
            "The stored file is gone, so there is nothing to check. Whoever runs the portal must bring it back from "
            "a backup."
        ),
        FILE_ALTERED: _(
            "The stored file is not what was captured: its SHA-256 has changed. Whoever runs the portal must find "
            "out what happened and bring it back from a backup."
        ),
    },
}
REVOCATION = _(
    "Whether a certificate was withdrawn before it ran out is not checked: nothing is fetched from elsewhere."
)
UNKNOWN = _("The reason was kept as a word that this version of the portal does not know.")

COVERAGE: dict[str, Words] = {
    "ENTIRE_FILE": _("the whole file"),
    "ENTIRE_REVISION": _("the whole file as it was when signed"),
    "CONTIGUOUS_BLOCK_FROM_START": _("only the beginning of the file"),
    "UNCLEAR": _("only parts of the file"),
}
CHANGES: dict[str, Words] = {
    "NONE": _("nothing"),
    "LTA_UPDATES": _("time stamps and data to check the signature with"),
    "FORM_FILLING": _("fields of a form, or further signatures"),
    "ANNOTATIONS": _("notes"),
    "OTHER": _("content"),
}


# Which rule refused what was added after a signature, or could not be held against it.
RULES: dict[str, Words] = {
    "content": _(
        "parts of the document that were there are others now, or were joined by what nothing explains"
    ),
    "removed": _("parts of the document were taken out"),
    "undefined": _("what the signed document named without having it was put in"),
    "catalogue": _("the list of what the document consists of (its catalogue) is another"),
    "information": _("title, author or other information about the document is another"),
    "validation_data": _("what was added to check the signature with is not in its form"),
    "form": _("fields, or what is shown on a page by them, were added, changed or taken out"),
    "defaults": _(
        "what fields are drawn with (letters, colours, fonts), or whether they are shown, was added or changed, not "
        "only what they hold"
    ),
    "notes": _("notes (comments, stamps, shapes) on pages were added, changed or taken out"),
    "resources": _(
        "fonts, images or the like that pages are drawn with were changed, or added under a name in use"
    ),
    "tags": _("tags by which the document is read aloud were added or changed"),
    "covers_text": _("a signature that was added lies over text of a page, and may hide it"),
    "covered": _("a signature that was added lies over what a page shows, and may hide it"),
    "unseen": _("a signature is shown by what was in the signed document already, where no page showed it"),
    "tail": _("something follows the end of the file"),
    "structure": _("the file is written otherwise than the standard for PDF says"),
    "two_tables": _("what was added is written for two kinds of readers, which may show different things"),
}


# The same where the page is known.
RULES_OF_A_PAGE: dict[str, Words] = {
    "covers_text": _("a signature that was added lies over text of page %(page)d, and may hide it"),
    "covered": _("a signature that was added lies over what page %(page)d shows, and may hide it"),
}


def refusal(rule: str, page: int = 0) -> Words:
    """Say which rule refused a change, on which page if known, and that others may differ; '' if no rule."""
    if not rule:
        return ""
    of_page = RULES_OF_A_PAGE.get(rule) if page else None
    words = {"rule": of_page % {"page": page} if of_page else RULES.get(rule, RULES["content"])}
    return _("The rule: %(rule)s. Another reader of PDFs may judge otherwise.") % words


SENTENCES = {word: words for known in EXPLANATIONS.values() for word, words in known.items()}
WORDING = Wording(SENTENCES, UNKNOWN)


def sentence(explanation: str) -> Words:
    """The sentence for an explanation kept in a row, never the bare word; '' if there is none."""
    return WORDING.of(explanation)
