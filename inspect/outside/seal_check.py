"""What a seal on a PDF is worth: whose it is, and whether anything was changed after it was made.

Nothing is fetched: whether a certificate was revoked is not asked (docs/genuine-letters.md).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from .seal import SealFault, SealFile, in_own_thread, load_signer, name_in, require_pyhanko

_UNREADABLE = (
    ArithmeticError, AssertionError, AttributeError, IndexError, KeyError, RecursionError, TypeError,
    ValueError,
)  # fmt: skip
"""What pyHanko raises on bytes that are no PDF, or no signature, in places that it does not expect."""


@dataclass(frozen=True, slots=True)
class SealFinding:
    """What was found out about a seal.

    `is_intact`: it covers the whole file, and nothing was changed. `is_ours`: its certificate is the
    authority's own, or its issuer is trusted. `sealed_at` is what the seal itself says.
    """

    name: str
    is_intact: bool
    is_ours: bool
    is_valid_now: bool
    valid_from: datetime
    valid_until: datetime
    sealed_at: datetime | None


def has_seal(pdf: bytes) -> bool:
    """Whether the file seems to hold a seal or another signature; without reading it as a PDF."""
    return pdf.startswith(b"%PDF") and b"/ByteRange" in pdf


def check_seal(pdf: bytes, *, ours: SealFile | None, now: datetime) -> SealFinding | None:
    """What the last seal on the file is worth; None when it has none, or is no PDF that can be read.

    Raises SealFault when it cannot be found out: pyHanko is missing.
    """
    if not has_seal(pdf):
        return None
    require_pyhanko()
    from pyhanko.pdf_utils.misc import PdfReadError
    from pyhanko.pdf_utils.reader import PdfFileReader

    roots = list(_own(ours))
    try:
        signatures = PdfFileReader(BytesIO(pdf)).embedded_signatures
        return _judged(signatures[-1], roots, now) if signatures else None
    except (PdfReadError, *_UNREADABLE):
        return None


def _judged(signature: Any, roots: list[Any], now: datetime) -> SealFinding:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    certificate = signature.signer_cert
    since, until = certificate.not_valid_before, certificate.not_valid_after
    is_valid_now = since <= now <= until
    # An expired certificate is still known by its issuer: who sealed is one question, when is another.
    moment = now if is_valid_now else since + (until - since) / 2
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=moment)
    uses = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False)
    try:
        status = in_own_thread(
            lambda: validate_pdf_signature(signature, context, key_usage_settings=uses, skip_diff=True)
        )
    except SignatureValidationError:
        status = None
    whole = status is not None and status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    return SealFinding(
        name=name_in(certificate),
        is_intact=bool(status and whole and status.intact and status.valid),
        is_ours=bool(status and status.trusted),
        is_valid_now=is_valid_now,
        valid_from=since,
        valid_until=until,
        sealed_at=signature.self_reported_timestamp,
    )


def _own(file: SealFile | None) -> Iterator[Any]:
    """The certificates that count as the authority's own."""
    if file is None:
        return
    signer = load_signer(file)
    yield signer.signing_cert
    yield from signer.cert_registry
    if file.trusted is not None:
        yield from _in_pem(file.trusted)


def _in_pem(path: Path) -> Iterator[Any]:
    from asn1crypto import pem, x509

    try:
        for _kind, _headers, data in pem.unarmor(path.read_bytes(), multiple=True):
            yield x509.Certificate.load(data)
    except (OSError, ValueError) as fault:
        raise SealFault(f"the certificates in {path} cannot be read: {fault}") from fault
