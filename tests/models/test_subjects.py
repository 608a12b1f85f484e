"""What an event is about is written and read in one form, the one in which every chain has it."""

from cases.models.audit.subject import CASE, CASES, EventSubject, SubjectKind

# As chains have them since the first version: no text may ever become another.
STORED = {
    "case": CASE,
    "cases": CASES,
    "session 2": EventSubject.session(2),
    "session 2 json": EventSubject.result(2, "json"),
    "session 12 certificate_of_registration": EventSubject.result(12, "certificate_of_registration"),
    "report 3": EventSubject.report(3),
    "person 41": EventSubject.person(41),
    "event 7": EventSubject.event(7),
    "hit 5": EventSubject.hit(5),
    "policy 2": EventSubject.policy(2),
    "suspicion 1": EventSubject.suspicion(1),
    "attachment 1": EventSubject.attachment(1),
}
NONE_OF_OURS = (
    *("", "case 2", "cases 1", "session", "session x", "session 2 ", " session 2", "session 2 json more"),
    *("session -1", "report", "report 3 json", "person", "event seven", "requirement 4", "Session 2"),
    *("session 2\n", "2", "session 2 JSON"),
)


def test_every_form_is_written_as_it_always_was_and_read_again() -> None:
    assert {str(subject): subject for subject in STORED.values()} == STORED
    assert {text: EventSubject.parse(text) for text in STORED} == STORED
    assert {subject.kind for subject in STORED.values()} == set(SubjectKind)


def test_what_is_none_of_ours_is_read_as_nothing() -> None:
    assert {text: EventSubject.parse(text) for text in NONE_OF_OURS} == dict.fromkeys(NONE_OF_OURS)
