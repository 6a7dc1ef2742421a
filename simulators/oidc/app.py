"""The WSGI application: one path, one function."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hmac import compare_digest
from http import HTTPStatus
from http.cookies import SimpleCookie
from typing import Any, assert_never
from urllib.parse import parse_qs, urlencode
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from simulators.oidc import pages
from simulators.oidc.dialect import Accepted, ErrorPage, Person, SentBack
from simulators.oidc.provider import Provider, RefusedToken, Session

BASE = "/api/v2"
LONGEST_FORM = 64 * 1024
TOKEN_PARAMETERS = {"grant_type", "code", "redirect_uri", "client_id", "client_secret"}
BAD_LOGOUT_URI = "Y030111"
HINT_WITHOUT_AT_HASH = "100019"

Form = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: HTTPStatus
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One HTTP request, read."""

    query: Form
    form: Form
    parameters: Form
    """The query of a GET, the form of a POST."""
    cookie: str
    authorization: str | None


Route = Callable[[Provider, Asked], Answer]


def application(provider: Provider) -> WSGIApplication:
    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        route = ROUTES.get((environ["REQUEST_METHOD"], environ["PATH_INFO"]))
        reply = route(provider, _asked(environ, provider.dialect.cookie)) if route else Answer(status=HTTPStatus.NOT_FOUND)
        headers = [*reply.headers, ("Content-Length", str(len(reply.body))), ("Cache-Control", "no-store")]
        start_response(f"{reply.status.value} {reply.status.phrase}", headers)
        return [reply.body]

    return answer


def _discovery(provider: Provider, _: Asked) -> Answer:
    base = provider.issuer
    return _json(
        {
            "issuer": base,
            "authorization_endpoint": f"{base}/authorize",
            "token_endpoint": f"{base}/token",
            "userinfo_endpoint": f"{base}/userinfo",
            "jwks_uri": f"{base}/jwks",
            "end_session_endpoint": f"{base}/session/end",
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code"],
            "subject_types_supported": ["pairwise"],
            "acr_values_supported": list(provider.dialect.levels),
            "scopes_supported": sorted(provider.dialect.claims_of_scope),
            "id_token_signing_alg_values_supported": ["ES256"],
            "userinfo_signing_alg_values_supported": ["ES256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "authorization_response_iss_parameter_supported": True,
        }
    )


def _jwks(provider: Provider, _: Asked) -> Answer:
    return _json(provider.jwks())


def _authorize(provider: Provider, asked: Asked) -> Answer:
    match provider.dialect.decide(asked.parameters, provider.client, provider.dialect):
        case ErrorPage() as page:
            return _refused(provider, page)
        case SentBack() as refusal:
            return _back(provider, {"error": refusal.error, "error_description": refusal.description, "state": refusal.state})
        case Accepted() as request:
            session = None if request.login_again else provider.session(asked.cookie)
            if request.silent:
                return _silently(provider, request, session)
            known = session.person if session else None
            return _html(pages.choice(provider.dialect, provider.wait(request), provider.people.values(), known))
        case unreachable:
            assert_never(unreachable)


def _silently(provider: Provider, request: Accepted, session: Session | None) -> Answer:
    if session is None:
        return _back(provider, {"error": "login_required", "error_description": "no session", "state": request.state})
    return _back(provider, {"code": provider.issue_code(request, session), "state": request.state})


def _interaction(provider: Provider, asked: Asked) -> Answer:
    request = provider.waited(_one(asked.form, "wait"))
    if request is None:
        return _refused(provider, ErrorPage(code="Y000400", reason="choix déjà fait, ou page restée ouverte trop longtemps"))
    person = _chosen(provider, asked)
    if person is None:
        denied = {"error": "access_denied", "error_description": "User auth aborted", "state": request.state}
        return _back(provider, denied)
    name = provider.open_session(person)
    session = provider.session(name)
    if session is None:
        raise RuntimeError("a session just opened is not there")
    cookie = _cookie(provider, name, seconds=provider.dialect.session_seconds)
    return _back(provider, {"code": provider.issue_code(request, session), "state": request.state}, cookie)


def _chosen(provider: Provider, asked: Asked) -> Person | None:
    choice = _one(asked.form, "choice")
    session = provider.session(asked.cookie)
    if session is not None and session.person.key == choice and set(asked.form) == {"wait", "choice"}:
        return session.person
    if choice == pages.OWN and provider.dialect.made_up is not None:
        return provider.dialect.made_up(asked.form)
    return provider.people.get(choice)


def _token(provider: Provider, asked: Asked) -> Answer:
    try:
        return _json(provider.exchange(_code(provider, asked)))
    except RefusedToken as refusal:
        return _json({"error": refusal.error}, HTTPStatus(refusal.status))


def _code(provider: Provider, asked: Asked) -> str:
    """The code of a well-made token request; raises ``RefusedToken``."""
    if asked.authorization is not None or not _is_the_client(provider, asked.form):
        raise RefusedToken("invalid_client", 401)
    if set(asked.form) != TOKEN_PARAMETERS or any(len(values) != 1 for values in asked.form.values()):
        raise RefusedToken("invalid_request")
    if _one(asked.form, "grant_type") != "authorization_code":
        raise RefusedToken("unsupported_grant_type")
    if _one(asked.form, "redirect_uri") != provider.client.redirect_uri:
        raise RefusedToken("invalid_grant")
    return _one(asked.form, "code")


def _is_the_client(provider: Provider, form: Form) -> bool:
    client = provider.client
    return _one(form, "client_id") == client.client_id and compare_digest(
        _one(form, "client_secret").encode(), client.client_secret.encode()
    )


def _userinfo(provider: Provider, asked: Asked) -> Answer:
    scheme, _, token = (asked.authorization or "").partition(" ")
    signed = provider.userinfo(token) if scheme == "Bearer" else None
    if signed is None:
        return Answer(status=HTTPStatus.UNAUTHORIZED, headers=(("WWW-Authenticate", 'Bearer error="invalid_token"'),))
    return Answer(status=HTTPStatus.OK, body=signed.encode(), headers=(("Content-Type", "application/jwt; charset=utf-8"),))


def _end_session(provider: Provider, asked: Asked) -> Answer:
    given = {name: values[0] for name, values in asked.query.items() if len(values) == 1}
    if given.get("post_logout_redirect_uri") != provider.client.post_logout_redirect_uri:
        return _refused(provider, ErrorPage(code=BAD_LOGOUT_URI, reason="post_logout_redirect_uri non enregistrée"))
    hint = provider.hinted(given.get("id_token_hint", ""))
    if hint is None or not given.get("state"):
        reason = "id_token_hint ou state absent ou invalide"
        return _refused(provider, ErrorPage(code=provider.dialect.bad_parameters, reason=reason))
    if "at_hash" not in hint:
        return _refused(provider, ErrorPage(code=HINT_WITHOUT_AT_HASH, reason="id_token_hint sans at_hash"))
    provider.close_session(asked.cookie)
    forget = _cookie(provider, "", seconds=0)
    location = f"{provider.client.post_logout_redirect_uri}?{urlencode({'state': given['state']})}"
    return Answer(status=HTTPStatus.SEE_OTHER, headers=(("Location", location), forget))


ROUTES: Mapping[tuple[str, str], Route] = {
    ("GET", f"{BASE}/.well-known/openid-configuration"): _discovery,
    ("GET", f"{BASE}/jwks"): _jwks,
    ("GET", f"{BASE}/authorize"): _authorize,
    ("POST", f"{BASE}/authorize"): _authorize,
    ("POST", f"{BASE}/interaction"): _interaction,
    ("POST", f"{BASE}/token"): _token,
    ("GET", f"{BASE}/userinfo"): _userinfo,
    ("GET", f"{BASE}/session/end"): _end_session,
}


def _asked(environ: WSGIEnvironment, cookie: str) -> Asked:
    query = parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True)
    form: Form = {}
    if environ["REQUEST_METHOD"] == "POST":
        length = min(int(environ.get("CONTENT_LENGTH") or 0), LONGEST_FORM)
        form = parse_qs(environ["wsgi.input"].read(length).decode(errors="replace"), keep_blank_values=True)
    cookies = SimpleCookie(environ.get("HTTP_COOKIE", ""))
    return Asked(
        query=query,
        form=form,
        parameters=form if environ["REQUEST_METHOD"] == "POST" else query,
        cookie=cookies[cookie].value if cookie in cookies else "",
        authorization=environ.get("HTTP_AUTHORIZATION"),
    )


def _one(form: Form, name: str) -> str:
    values = form.get(name, [])
    return values[0] if len(values) == 1 else ""


def _back(provider: Provider, parameters: Mapping[str, str], *more: tuple[str, str]) -> Answer:
    """To the client's callback, with ``iss`` (RFC 9207)."""
    location = f"{provider.client.redirect_uri}?{urlencode({**parameters, 'iss': provider.issuer})}"
    return Answer(status=HTTPStatus.SEE_OTHER, headers=(("Location", location), *more))


def _cookie(provider: Provider, value: str, *, seconds: int) -> tuple[str, str]:
    return "Set-Cookie", f"{provider.dialect.cookie}={value}; Path={BASE}; HttpOnly; SameSite=Lax; Max-Age={seconds}"


def _refused(provider: Provider, page: ErrorPage) -> Answer:
    return _html(pages.error(provider.dialect, page), HTTPStatus.BAD_REQUEST)


def _html(text: str, status: HTTPStatus = HTTPStatus.OK) -> Answer:
    return Answer(status=status, body=text.encode(), headers=(("Content-Type", "text/html; charset=utf-8"),))


def _json(value: Mapping[str, Any], status: HTTPStatus = HTTPStatus.OK) -> Answer:
    return Answer(status=status, body=json.dumps(value).encode(), headers=(("Content-Type", "application/json"),))
