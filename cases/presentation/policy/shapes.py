"""Of which sections each kind of policy document is made."""

from cases.models import PolicyKind
from cases.presentation.policy import hit_reasons_parts, requirement_set_parts, risk_model_parts
from cases.presentation.policy.parts import Section

SECTIONS: dict[str, tuple[Section, ...]] = {
    PolicyKind.RISK_MODEL: risk_model_parts.SECTIONS,
    PolicyKind.HIT_REASONS: hit_reasons_parts.SECTIONS,
    PolicyKind.REQUIREMENT_SET: requirement_set_parts.SECTIONS,
}
