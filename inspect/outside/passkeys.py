"""Passkeys (WebAuthn Level 2): what a browser is asked for, and whether what it answers is right.

The person's own device checks that it is them (user verification), so a passkey alone is enough to sign in.
"""

import json
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit


class PasskeyRefused(Exception):
    """The answer is not right: another site, another key, a question that was not asked, or no answer."""


@dataclass(frozen=True, slots=True)
class Site:
    """The site as passkeys know it: its host name and the address it is read from."""

    host: str
    origin: str
    name: str


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """The public half of a key that a device has made for this site."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


@dataclass(frozen=True, slots=True)
class Owner:
    """Whom a new passkey is for; `handle` is what the device keeps, and tells nothing."""

    handle: bytes
    email: str
    name: str


def site_of(base_url: str, name: str) -> Site | None:
    """The site at `base_url`; None where browsers have no passkeys: a number for a host, or no https."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    try:
        ip_address(host)
    except ValueError:
        pass
    else:
        return None
    if not host or (parts.scheme != "https" and host != "localhost"):
        return None
    return Site(host, f"{parts.scheme}://{parts.netloc}", name)


def creation_options(site: Site, challenge: bytes, owner: Owner, known: tuple[bytes, ...] = ()) -> Any:
    """What to ask the browser for, as JSON values; `known`: keys that the person has already."""
    import webauthn
    from webauthn.helpers import structs

    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=site.name,
        user_id=owner.handle,
        user_name=owner.email,
        user_display_name=owner.name,
        challenge=challenge,
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[structs.PublicKeyCredentialDescriptor(id=one) for one in known],
    )
    return json.loads(webauthn.options_to_json(options))


def request_options(site: Site, challenge: bytes) -> Any:
    """What to ask the browser to sign, as JSON values. It offers the keys it has; the server names none."""
    import webauthn
    from webauthn.helpers import structs

    options = webauthn.generate_authentication_options(
        rp_id=site.host,
        challenge=challenge,
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    )
    return json.loads(webauthn.options_to_json(options))


def check_new(site: Site, challenge: bytes, answer: str) -> NewPasskey:
    """The key in a browser's answer to `creation_options`. Raises PasskeyRefused."""
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as fault:
        raise PasskeyRefused(type(fault).__name__) from fault
    return NewPasskey(made.credential_id, made.credential_public_key, made.sign_count)


def credential_id_of(answer: str) -> bytes:
    """Which key a browser says that it signed with. Raises PasskeyRefused."""
    import webauthn

    try:
        return webauthn.base64url_to_bytes(str(json.loads(answer)["id"]))
    except (ValueError, KeyError, TypeError) as fault:
        raise PasskeyRefused(type(fault).__name__) from fault


def check_signed(site: Site, challenge: bytes, answer: str, public_key: bytes, sign_count: int) -> int:
    """The key's new count of signatures, when the answer is signed by it. Raises PasskeyRefused."""
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        signed = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as fault:
        raise PasskeyRefused(type(fault).__name__) from fault
    return signed.new_sign_count
