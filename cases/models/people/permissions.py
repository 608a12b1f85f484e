"""What somebody may do, by name. Who may what is the table of roles; the models declare the names to Django."""

from enum import StrEnum


class Perm(StrEnum):
    """One permission of the portal, as Django knows it: `app.codename`."""

    VIEW_CASE = "cases.view_case"
    OPEN_CASE = "cases.open_case"
    TAKE_CASE = "cases.take_case"
    CHANGE_CASE = "cases.change_case"
    ASSIGN_CASE = "cases.assign_case"
    REOPEN_CASE = "cases.reopen_case"
    CAPTURE_CASE = "cases.capture_case"
    NOTE_CASE = "cases.note_case"
    REPORT_CASE = "cases.report_case"
    VIEW_PROVIDER = "cases.view_provider"
    ASSESS_RISK = "cases.assess_risk"
    CONFIRM_OVERRIDE = "cases.confirm_override"
    JUDGE_HIT = "cases.judge_hit"
    CONFIRM_HIT = "cases.confirm_hit"
    CONCLUDE_OWNER = "cases.conclude_owner"
    MEET_REQUIREMENT = "cases.meet_requirement"
    WAIVE_REQUIREMENT = "cases.waive_requirement"
    PROPOSE_DECISION = "cases.propose_decision"
    COUNTERSIGN_DECISION = "cases.countersign_decision"
    ACT_AS_SUPERIOR = "cases.act_as_superior"
    SEE_SUSPICION = "cases.see_suspicion"
    VIEW_POLICY = "cases.view_policy"
    EDIT_POLICY = "cases.edit_policy"
    ACTIVATE_POLICY = "cases.activate_policy"
    VIEW_PORTAL_EVENTS = "cases.view_portal_events"
    # Of Django's admin, for who manages people.
    VIEW_PEOPLE = "cases.view_user"
    ADD_PEOPLE = "cases.add_user"
    CHANGE_PEOPLE = "cases.change_user"
    VIEW_ROLES = "auth.view_group"

    @property
    def codename(self) -> str:
        """Its name without the application, as templates say it: `may.open_case`."""
        return self.partition(".")[2]
