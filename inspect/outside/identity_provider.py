"""The authority's own sign-in: OpenID Connect 1.0, code flow with PKCE (RFC 7636) and nonce, by Authlib.

Which cards and apps people use there (SITHS, Freja, BankID) is the provider's matter. It says in `acr` how
strongly it knows the person, and what is not in the list of the settings is refused. RFC 9207 for the issuer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from ...models.vocabulary import N_

ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri", "end_session_endpoint")
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
"""Signatures that are taken: none with a shared secret, and never `none`."""
LEEWAY = 60
"""Seconds that clocks may differ."""
TIMEOUT = 10
LOGGED_IN_WITHIN = 300
"""Seconds since the person proved themselves there, when they are asked to do it anew."""


@dataclass(frozen=True, slots=True)
class IdentityProvider:
    """Which provider there is, and as whom we ask it. `claim`: what an administrator has tied accounts to."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    acr: tuple[str, ...] = ()
    claim: str = "email"
    label: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of the provider, kept by the browser's own session until the answer comes."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Told:
    """Who it is, as the provider says: its own name for them, and what it says in `claim`."""

    subject: str
    claim: str


class IdentityRefused(Exception):
    """The answer cannot be used. `why` is a word of WHY."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


WHY: dict[str, str] = {
    "silent": N_("The sign-in service does not answer. Try again in a while, or sign in in another way."),
    "refused": N_("The sign-in was broken off. Try again."),
    "state": N_(
        "The answer does not belong to what was asked from this browser. Begin the sign-in anew here."
    ),
    "issuer": N_(
        "The answer comes from another sign-in service than ours. Nobody was signed in;"
        " tell an administrator."
    ),
    "code": N_(
        "The sign-in service did not accept the answer: it was used already, or it took too long. Begin anew."
    ),
    "signature": N_(
        "The answer is not signed by our sign-in service. Nobody was signed in; tell an administrator."
    ),
    "nonce": N_("The answer belongs to another sign-in. Begin anew."),
    "audience": N_(
        "The answer was made for another service than this. Nobody was signed in; tell an administrator."
    ),
    "expired": N_("The answer is too old. Begin the sign-in anew."),
    "acr": N_(
        "You signed in with a way that is not strong enough here. Choose another, for example your card."
    ),
    "unknown": N_(
        "No account here is tied to you. Ask an administrator to open it to the authority’s sign-in."
    ),
    "another": N_("You signed in there as somebody else than here."),
}
"""What a person is told, by why the answer cannot be used."""


def begin(provider: IdentityProvider, redirect_uri: str, *, anew: bool) -> tuple[str, Asked]:
    """The address to lead the person to, and what to keep. `anew`: they must prove themselves there now."""
    from authlib.common.security import generate_token

    asked = Asked(generate_token(32), generate_token(32), generate_token(64))
    more: dict[str, Any] = {"nonce": asked.nonce, "code_verifier": asked.verifier}
    if provider.acr:
        more["acr_values"] = " ".join(provider.acr)
    if anew:
        more |= {"prompt": "login", "max_age": LOGGED_IN_WITHIN}
    with _session(provider, redirect_uri) as session:
        there = _metadata(provider)["authorization_endpoint"]
        address, _state = session.create_authorization_url(there, state=asked.state, **more)
    return str(address), asked


def finish(
    provider: IdentityProvider,
    redirect_uri: str,
    asked: Asked | None,
    answer: Mapping[str, str],
    *,
    now: int,
    anew: bool,
) -> Told:
    """Who it is. Raises IdentityRefused with why. `now`: seconds since 1970."""
    import hmac

    if asked is None or not hmac.compare_digest(answer.get("state", "").encode(), asked.state.encode()):
        raise IdentityRefused("state")
    metadata = _metadata(provider)
    said_by = answer.get("iss")
    if said_by is None and metadata.get("authorization_response_iss_parameter_supported"):
        raise IdentityRefused("issuer")
    if said_by is not None and said_by != provider.issuer:
        raise IdentityRefused("issuer")
    if "error" in answer or not answer.get("code"):
        raise IdentityRefused("refused")
    token = _exchange(provider, redirect_uri, asked, answer["code"], metadata)
    claims = _claims(provider, str(token.get("id_token", "")), metadata)
    _judge(provider, claims, asked, str(token.get("access_token", "")), now=now, anew=anew)
    return Told(str(claims["sub"])[:255], _said(provider, claims))


def leaving(provider: IdentityProvider, back: str) -> str | None:
    """Where the person signs out of the provider too (RP-Initiated Logout 1.0); None where there is none."""
    from authlib.common.urls import add_params_to_uri

    try:
        there = _metadata(provider).get("end_session_endpoint")
    except IdentityRefused:
        return None
    with_us = [("client_id", provider.client_id), ("post_logout_redirect_uri", back)]
    return str(add_params_to_uri(there, with_us)) if there else None


def _session(provider: IdentityProvider, redirect_uri: str) -> Any:
    from authlib.integrations.requests_client import OAuth2Session

    return OAuth2Session(
        provider.client_id, provider.client_secret, scope="openid email profile", redirect_uri=redirect_uri,
        code_challenge_method="S256",
    )  # fmt: skip


def _metadata(provider: IdentityProvider) -> dict[str, Any]:
    """What the provider says of itself; it must say that it is itself (OpenID Connect Discovery §4.3)."""
    found = _ask(f"{provider.issuer}/.well-known/openid-configuration")
    if found.get("issuer") != provider.issuer:
        raise IdentityRefused("issuer")
    scheme = urlsplit(provider.issuer).scheme
    if any(urlsplit(str(found[name])).scheme != scheme for name in ENDPOINTS if name in found):
        raise IdentityRefused("issuer")  # a secret would leave in clear
    return found


def _ask(address: str) -> dict[str, Any]:
    import requests

    try:
        answer = requests.get(address, timeout=TIMEOUT, allow_redirects=False)
        answer.raise_for_status()
        said = answer.json()
    except (requests.RequestException, ValueError) as fault:
        raise IdentityRefused("silent") from fault
    if not isinstance(said, dict):
        raise IdentityRefused("silent")
    return said


def _exchange(
    provider: IdentityProvider, redirect_uri: str, asked: Asked, code: str, metadata: Mapping[str, Any]
) -> dict[str, Any]:
    import requests
    from authlib.common.errors import AuthlibBaseError

    try:
        with _session(provider, redirect_uri) as session:
            return dict(
                session.fetch_token(
                    metadata["token_endpoint"],
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=asked.verifier,
                    timeout=TIMEOUT,
                    allow_redirects=False,
                )
            )
    except AuthlibBaseError as fault:
        raise IdentityRefused("code") from fault
    except (requests.RequestException, ValueError, KeyError) as fault:
        raise IdentityRefused("silent") from fault


def _claims(provider: IdentityProvider, id_token: str, metadata: Mapping[str, Any]) -> dict[str, Any]:
    """What the token says, if the provider has signed it."""
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    keys = _ask(str(metadata.get("jwks_uri", "")))
    try:
        read = jwt.decode(id_token, KeySet.import_key_set(keys), algorithms=list(ALGORITHMS))  # type: ignore[arg-type]
    except (JoseError, ValueError, KeyError, TypeError) as fault:
        raise IdentityRefused("signature") from fault
    return dict(read.claims) | {"": read.header}


def _judge(
    provider: IdentityProvider,
    claims: dict[str, Any],
    asked: Asked,
    access_token: str,
    *,
    now: int,
    anew: bool,
) -> None:
    """OpenID Connect Core §3.1.3.7, and what the settings demand of `acr`."""
    from authlib.oidc.core import CodeIDToken
    from joserfc.errors import JoseError

    header = claims.pop("")
    params = {"nonce": asked.nonce, "client_id": provider.client_id, "access_token": access_token}
    options = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client_id},
        "sub": {"essential": True},
    }
    token = CodeIDToken(claims, header, options, params)
    try:
        token.validate(now=now, leeway=LEEWAY)
    except JoseError as fault:
        raise IdentityRefused(_why(fault)) from fault
    if claims.get("nonce") != asked.nonce:
        raise IdentityRefused("nonce")
    if provider.acr and claims.get("acr") not in provider.acr:
        raise IdentityRefused("acr")
    since = claims.get("auth_time")
    if anew and not (isinstance(since, int) and now - since <= LOGGED_IN_WITHIN + LEEWAY):
        raise IdentityRefused("expired")


def _why(fault: Exception) -> str:
    """Which of the words of WHY a claim's fault is."""
    of_claim = {"nonce": "nonce", "aud": "audience", "azp": "audience", "iss": "issuer"}
    if type(fault).__name__ == "ExpiredTokenError":
        return "expired"
    return of_claim.get(str(getattr(fault, "claim", "")), "signature")


def _said(provider: IdentityProvider, claims: Mapping[str, Any]) -> str:
    """What accounts are tied by, in lower case. An address must be one that the provider has verified."""
    said = claims.get(provider.claim)
    if provider.claim == "email" and claims.get("email_verified") is not True:
        said = None
    if not isinstance(said, str) or not 0 < len(said.strip()) <= 254:
        return ""
    return said.strip().lower()
