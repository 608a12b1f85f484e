"""The only way to the provider: order a session, poll it, fetch its results."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from cases.provider.answers import (
    Access,
    Created,
    EntityStatus,
    Fetched,
    Information,
    KeptToken,
    Order,
    information,
    is_session_id,
    order_body,
)
from cases.provider.config import ProviderConfig
from cases.provider.contract import JSON, Kind
from cases.provider.errors import CannotUnderstand, Code, GiveUp, NotFound, OutcomeUnknown, RetryLater
from cases.provider.http.addresses import linked
from cases.provider.http.connections import Watch
from cases.provider.http.discovery import Discovery
from cases.provider.http.download import BEAT_SECONDS, Progress, into_file, with_beat
from cases.provider.http.error_answers import error_of
from cases.provider.http.rate_limit import Pause
from cases.provider.http.shared_state import SharedState
from cases.provider.http.token import AccessToken, Tokens
from cases.provider.http.transport import Answer, Call, Sink, Transport
from cases.provider.result.parsing import parse_json

__all__ = [
    "Access",
    "Created",
    "EntityStatus",
    "Fetched",
    "Information",
    "KeptToken",
    "Order",
    "ProviderClient",
]

MOST_LINKS = 4  # of a result are tried for one report
SMALL_LIMIT = 2**20  # bytes; an answer that is neither a result nor a report


class ProviderClient:
    """Speaks to the provider; one instance serves many threads and survives a fork.

    Every method raises a ProviderError of the class that says what to do next. During a pause after a 429,
    which all processes with the same state folder share, they raise RateLimited without touching the network.
    """

    def __init__(self, config: ProviderConfig) -> None:
        self.config = config
        state = SharedState(
            config.state_dir, config.issuer, config.client_id, config.base_url, config.token_url
        )
        granted = SharedState(
            config.state_dir, config.issuer, config.client_id, config.token_url, *sorted(config.scopes)
        )
        self._pause = Pause(state, config.tell_pause)
        self._transport = Transport(config.connect_seconds, config.read_seconds, self._pause)
        self._discovery = Discovery(config, state, self._transport)
        self._tokens = Tokens(config, granted, self._transport, self._discovery)

    def create_session(self, order: Order) -> Created:
        """Order a session, on a connection of its own and never twice (contract §2).

        OutcomeUnknown if the order may have arrived but its answer is lost or unreadable; a connection that
        was never made is RetryLater, an error status the error of that status: neither made a session.
        """
        contract = self.config.contract
        if order.country not in contract.countries:
            raise GiveUp(Code.UNKNOWN_COUNTRY)
        path = contract.create_path.format(country=quote(order.country, safe=""))
        body, accept = order_body(order, contract), contract.json_media_type
        call = self._call("POST", "create", self._base_url + path, accept, json=body)
        answer, token = self._authorised(call, self._ordered)
        if not 200 <= answer.status < 300:
            refused = self._refusal(answer, token)
            if isinstance(refused, NotFound) and order.country in contract.assumed_countries:
                refused = NotFound(Code.ASSUMED_ADDRESS, status=answer.status, message=refused.message)
            raise refused
        try:
            session_id = parse_json(answer.body).get(contract.session_id)
        except CannotUnderstand as error:
            unreadable = OutcomeUnknown(error.code, status=answer.status)
        else:
            if isinstance(session_id, str) and is_session_id(session_id):
                return Created(session_id, token.scopes, answer.server_time)
            unreadable = OutcomeUnknown(Code.NO_SESSION_ID, status=answer.status)
        raise unreadable

    def session_information(self, session_id: str) -> Information:
        """Ask how far each entity of a session is (contract §3)."""
        contract = self.config.contract
        path = self._session_path(contract.information_path, session_id)
        call = self._call("GET", "information", self._base_url + path, contract.json_media_type)
        answer, token = self._authorised(call, self._transport.exchange)
        if answer.status != 200:
            raise self._refusal(answer, token)
        body = parse_json(answer.body)
        if body.get(contract.session_id, session_id) != session_id:
            raise CannotUnderstand(Code.WRONG_SESSION, status=answer.status)
        return information(body, contract, answer.server_time)

    def fetch(
        self, session_id: str, kind: str, folder: Path, on_progress: Callable[[int], None] | None = None
    ) -> Fetched:
        """Stream one entity (`json`, `aml`, `certificate_of_registration`) into a new file in `folder` (§4).

        The bytes are not judged (see `reading`). `on_progress(bytes so far)` is called in this thread before
        the first byte and every few seconds, also while nothing arrives; if it raises, the download is
        abandoned and the exception passes through, as does OSError when the disk is full. No failure leaves
        a file.
        """
        entity = self._entity(kind)
        path = self._session_path(entity.path, session_id, report=entity.report)
        return self._stream(entity, self._base_url + path, folder, on_progress)

    def fetch_linked(
        self, hrefs: Sequence[str], kind: str, folder: Path, on_progress: Callable[[int], None] | None = None
    ) -> Fetched:
        """Stream one entity, as `fetch` does, from the first of a result's links at which it is found.

        Only the provider's own origin is asked: NotFound with the code LINK_REFUSED if no link keeps to it.
        """
        entity, missing = self._entity(kind), NotFound(Code.LINK_REFUSED)
        addresses = [address for href in hrefs for address in linked(href, self._base_url)]
        for address in addresses[:MOST_LINKS]:
            try:
                return self._stream(entity, address, folder, on_progress)
            except NotFound as problem:
                missing = problem
        raise missing

    def _entity(self, kind: str) -> Kind:
        try:
            return self.config.contract.kind(kind)
        except KeyError:
            raise GiveUp(Code.UNKNOWN_KIND) from None

    def _stream(
        self, entity: Kind, url: str, folder: Path, on_progress: Callable[[int], None] | None
    ) -> Fetched:
        limit = self.config.json_limit if entity.name == JSON else self.config.pdf_limit
        seconds = self.config.download_seconds
        name, least = f"fetch {entity.name}", self.config.least_bytes_per_second
        call = self._call("GET", name, url, entity.media_type, limit=limit, seconds=seconds, least=least)

        def exchange(sink: Sink) -> Answer:
            answer, token = self._authorised(call, lambda it: self._transport.exchange(it, sink))
            if answer.status != 200:
                raise self._refusal(answer, token)
            return answer

        progress = Progress()
        if on_progress is None:
            return into_file(folder, exchange, progress)
        return with_beat(lambda: into_file(folder, exchange, progress), progress, on_progress, BEAT_SECONDS)

    def access(self, *, now: bool = False) -> Access:
        """Say where the provider is and what it grants; with `now` by asking it, not from what is kept."""
        addresses = self._discovery.addresses(now=now)
        token = self._tokens.obtained_now() if now else self._tokens.current()
        return Access(
            addresses.token_endpoint,
            addresses.base_url,
            token.scopes,
            self._tokens.missing(token),
            datetime.fromtimestamp(token.expires_at, UTC),
        )

    def reach(self) -> datetime | None:
        """Call the API about a session that does not exist; give the server's time if the answer has one.

        That it does not know the session is what we want to hear; raises what any other refusal means.
        """
        contract = self.config.contract
        path = self._session_path(contract.information_path, "doctor")
        call = self._call("GET", "reach", self._base_url + path, contract.json_media_type)
        answer, token = self._authorised(call, self._transport.exchange)
        if answer.status not in (200, 400, 404):
            raise self._refusal(answer, token)
        return answer.server_time

    def kept_token(self) -> KeptToken | None:
        """Say what is kept of the last token; None if nothing is. Never touches the network."""
        token = self._tokens.kept()
        if token is None:
            return None
        return KeptToken(
            token.scopes, self._tokens.missing(token), datetime.fromtimestamp(token.expires_at, UTC)
        )

    def paused_until(self) -> float:
        """Give the epoch second until which a 429 holds all workers; 0 if none does."""
        return self._pause.until()

    def pause_until(self, until: float) -> None:
        """Hold all workers of this machine until that epoch second, because of what another machine was told."""
        if until > self._pause.until():
            self._pause.hold_until(until)

    def close(self) -> None:
        """Close the connections that are kept between calls."""
        self._transport.close()

    @property
    def _base_url(self) -> str:
        return self._discovery.addresses().base_url

    def _call(
        self,
        method: str,
        name: str,
        url: str,
        accept: str,
        *,
        json: object = None,
        limit: int = SMALL_LIMIT,
        seconds: float | None = None,
        least: int = 0,
    ) -> Callable[[AccessToken], Call]:
        """Prepare a call that lacks nothing but its token."""

        def with_token(token: AccessToken) -> Call:
            headers = {"Accept": accept, "Authorization": f"Bearer {token.value}"}
            begin = self.config.call_seconds
            total = seconds or begin
            fresh = method == "POST"
            return Call(method, name, url, limit, total, headers, json, fresh=fresh, begin=begin, least=least)

        return with_token

    def _authorised(
        self, call: Callable[[AccessToken], Call], exchange: Callable[[Call], Answer]
    ) -> tuple[Answer, AccessToken]:
        """Exchange with the shared token; after a 401 once more with another (contract §6)."""
        token = self._tokens.current()
        answer = exchange(call(token))
        if answer.status == 401:
            token = self._tokens.instead_of(token)
            answer = exchange(call(token))
        return answer, token

    def _ordered(self, call: Call) -> Answer:
        """Send an order; OutcomeUnknown if a connection was made and no whole answer came."""
        watch = Watch(call.seconds)
        try:
            return self._transport.exchange(call, watch=watch)
        except (RetryLater, CannotUnderstand) as error:
            if not watch.dialled:
                raise
            unknown = OutcomeUnknown(error.code, status=error.status)
        raise unknown

    def _refusal(self, answer: Answer, token: AccessToken) -> Exception:
        missing = self._tokens.missing(token)
        secrets = (token.value, self.config.client_secret)
        return error_of(answer, self.config.contract, missing_scopes=missing, secrets=secrets)

    def _session_path(self, template: str, session_id: str, **places: str) -> str:
        """Put a session's id into a path, where no id can lead to another path."""
        if not is_session_id(session_id):
            raise GiveUp(Code.BAD_SESSION_ID)
        return template.format_map({"session": quote(session_id, safe=""), **places})
