"""Six digits that change every half minute (TOTP, RFC 6238), as programs on telephones make them."""

import hmac
from datetime import datetime
from io import BytesIO

STEP = 30
"""Seconds that a code is shown."""
ALLOWED = (0, -1, 1)
"""Steps beside the present one that are taken: clocks differ, and people type (RFC 6238 §5.2)."""
DIGITS = 6


def new_secret() -> str:
    """A new secret of 160 bits, in base 32 (RFC 4226 §4 R6)."""
    import pyotp

    return pyotp.random_base32(32)


def address_of_secret(secret: str, account: str, site: str) -> str:
    """What a program reads from the picture: otpauth://totp/…"""
    import pyotp

    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=site)


def step_of_code(secret: str, typed: str, now: datetime) -> int | None:
    """Which step's code was typed, of those that are allowed now; None when it is none of them."""
    import pyotp

    made, present, found = pyotp.TOTP(secret), int(now.timestamp()) // STEP, None
    for beside in ALLOWED:  # all of them are compared, so that time tells nothing
        if hmac.compare_digest(made.generate_otp(present + beside).encode(), typed.encode()):
            found = present + beside
    return found


def picture_of(address: str) -> str:
    """The address as a QR code in SVG, to stand in a page; its words stand beside it."""
    import segno

    kept = BytesIO()
    segno.make(address, error="m").save(
        kept, kind="svg", scale=5, xmldecl=False, svgns=True, nl=False, svgclass="qr", lineclass=None,
        omitsize=True,
    )  # fmt: skip
    return kept.getvalue().decode()
