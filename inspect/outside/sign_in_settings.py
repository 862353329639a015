"""How people are to sign in: whether a second factor is demanded, and which identity provider there is.

| variable | meaning | default |
|---|---|---|
| TILLSYN_SECOND_FACTOR | `required` or `optional`, for the authority's people | required in production |
| TILLSYN_SECOND_FACTOR_PROVIDERS | the same, for people at providers and homes | optional |
| TILLSYN_OIDC_ISSUER | address of the authority's own sign-in (OpenID Connect) | none |
| TILLSYN_OIDC_CLIENT_ID | as whom we ask it | none |
| TILLSYN_OIDC_CLIENT_SECRET, _FILE | what we prove that with; or a file that holds it | none |
| TILLSYN_OIDC_ACR | values of `acr` that are strong enough, with spaces between | none: refused |
| TILLSYN_OIDC_CLAIM | what accounts are tied by: `email`, or for example `employeeHsaId` | email |
| TILLSYN_OIDC_LABEL | what the button says it leads to | none |
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from .identity_provider import IdentityProvider

CHOICES = ("required", "optional")


@dataclass(frozen=True, slots=True)
class SignInRules:
    """`second_factor`: a password alone is not enough for the authority's people; or for providers'."""

    second_factor: bool = False
    second_factor_providers: bool = False
    provider: IdentityProvider | None = None


def read_sign_in_rules(environment: Mapping[str, str], *, in_production: bool) -> SignInRules:
    """Raises ValueError, a sentence about the setting."""
    return SignInRules(
        second_factor=_demanded(environment, "TILLSYN_SECOND_FACTOR", in_production),
        second_factor_providers=_demanded(environment, "TILLSYN_SECOND_FACTOR_PROVIDERS", False),
        provider=_provider(environment, in_production),
    )


def _demanded(environment: Mapping[str, str], name: str, default: bool) -> bool:
    said = environment.get(name) or CHOICES[0 if default else 1]
    if said not in CHOICES:
        raise ValueError(f"{name} is {said!r}: set it to required or optional.")
    return said == CHOICES[0]


def _provider(environment: Mapping[str, str], in_production: bool) -> IdentityProvider | None:
    issuer = environment.get("TILLSYN_OIDC_ISSUER", "").rstrip("/")
    if not issuer:
        return None
    is_secure = urlsplit(issuer).scheme == "https"
    if not is_secure and (in_production or urlsplit(issuer).hostname not in ("127.0.0.1", "localhost")):
        raise ValueError(f"TILLSYN_OIDC_ISSUER is {issuer!r}: it must begin with https.")
    acr = tuple(environment.get("TILLSYN_OIDC_ACR", "").split())
    if not acr:
        raise ValueError("TILLSYN_OIDC_ACR is missing: say which values of acr are strong enough.")
    client = environment.get("TILLSYN_OIDC_CLIENT_ID", "")
    secret = environment.get("TILLSYN_OIDC_CLIENT_SECRET", "") or _of_file(environment)
    if not client or not secret:
        raise ValueError("TILLSYN_OIDC_CLIENT_ID or TILLSYN_OIDC_CLIENT_SECRET is missing: set both.")
    claim = environment.get("TILLSYN_OIDC_CLAIM") or "email"
    return IdentityProvider(issuer, client, secret, acr, claim, environment.get("TILLSYN_OIDC_LABEL", ""))


def _of_file(environment: Mapping[str, str]) -> str:
    name = environment.get("TILLSYN_OIDC_CLIENT_SECRET_FILE", "")
    try:
        return Path(name).read_text().strip() if name else ""
    except OSError as fault:
        raise ValueError(f"TILLSYN_OIDC_CLIENT_SECRET_FILE is {name!r}: it cannot be read.") from fault
