"""What a session's own result says of where its reports are, for when they are not where the contract assumes them."""

from cases.models import Artefact, ArtefactKind
from cases.provider.result import links
from cases.provider.result.parsing import parse_json
from cases.workflows import provider
from cases.workflows.results.parsed_result import Unread, read_stored


def named(session: int, kind: str) -> list[str]:
    """The links to this report in the captured result, as they came; none of one that is about somebody else."""
    captured = Artefact.objects.captured().filter(session=session, kind=ArtefactKind.JSON)
    artefact = captured.exclude(about_us=False).first()
    if artefact is None or kind == ArtefactKind.JSON:
        return []
    document = read_stored(artefact, parse_json)
    if isinstance(document, Unread):
        return []
    return links.report_links(document, provider.contract().kind(kind))
