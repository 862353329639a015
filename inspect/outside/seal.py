"""The authority's electronic seal on a PDF: PAdES B-B (ETSI EN 319 142-1), invisible.

`Sealer` is all that the rest of the product knows: bytes in, sealed bytes out. `FileSealer` has the key in a
PKCS#12 file; a key in a security module or at a service is another class with the same method.

Sealing is an extra (`pip install 'tillsyn[seal]'`): pyHanko is loaded when a seal is made or looked at.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol

FIELD = "Seal"
"""The empty field that the PDF holds for the seal."""


class SealFault(Exception):
    """The seal cannot be made or looked at; the message says what to do."""


class Sealer(Protocol):
    """Whoever can seal a PDF that was made with a field for it."""

    def seal(self, pdf: bytes, *, at: datetime) -> bytes:
        """The PDF with the seal added after its last byte. Raises SealFault."""
        ...


@dataclass(frozen=True, slots=True)
class SealFile:
    """The key of the seal: a PKCS#12 file, and what opens it.

    `trusted`: a PEM file with more certificates that count as the authority's own, such as earlier ones or
    its issuer's.
    """

    path: Path
    passphrase: str = field(default="", repr=False)
    trusted: Path | None = None


@dataclass(frozen=True, slots=True)
class FileSealer:
    """Seals with the key in a PKCS#12 file. It is read each time, so that a new one is used at once."""

    file: SealFile

    def seal(self, pdf: bytes, *, at: datetime) -> bytes:
        signer = load_signer(self.file)
        certificate = signer.signing_cert
        if not certificate.not_valid_before <= at <= certificate.not_valid_after:
            raise SealFault(
                f"the certificate of the seal is valid from {certificate.not_valid_before:%Y-%m-%d} "
                f"to {certificate.not_valid_after:%Y-%m-%d}: name one that is valid now in TILLSYN_SEAL_FILE"
            )
        return _sealed(pdf, signer, at)


def sealer_with(file: SealFile | None) -> Sealer | None:
    """Whoever seals with that key; None when the authority has no seal."""
    return FileSealer(file) if file else None


def require_pyhanko() -> None:
    """Raises SealFault, with how to install it, when the extra is missing."""
    if find_spec("pyhanko") is None:
        raise SealFault("sealing needs pyHanko: install it with pip install 'tillsyn[seal]'")
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).addHandler(logging.NullHandler())  # what it finds, we say


def load_signer(file: SealFile) -> Any:
    """pyHanko's signer for the key in the file. Raises SealFault: no such file, wrong passphrase, no key."""
    require_pyhanko()
    from pyhanko.sign.signers import SimpleSigner

    try:
        data = file.path.read_bytes()
    except OSError as fault:
        raise SealFault(f"the key of the seal cannot be read: {file.path}: {fault.strerror}") from fault
    try:
        return SimpleSigner.load_pkcs12_data(
            data, other_certs=[], passphrase=file.passphrase.encode() or None
        )
    except (ValueError, AttributeError, TypeError) as fault:
        raise SealFault(
            f"{file.path} is no PKCS#12 file with a key, or TILLSYN_SEAL_PASSPHRASE does not open it"
        ) from fault


def _sealed(pdf: bytes, signer: Any, at: datetime) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    class AsItIs(IncrementalPdfFileWriter):
        """Leaves what the file says of itself alone: rewritten, it would no longer be PDF/A and PDF/UA."""

        def _update_meta(self) -> None:
            pass

    class AtThisTime(PdfSigner):
        """The time is given, not asked for."""

        def init_signing_session(self, *arguments: Any, **settings: Any) -> Any:
            session = super().init_signing_session(*arguments, **settings)
            session.system_time = at
            return session

    about = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=name_in(signer.signing_cert),
    )
    made: BytesIO = in_own_thread(
        lambda: AtThisTime(about, signer=signer).sign_pdf(
            AsItIs(BytesIO(pdf)), existing_fields_only=True, output=BytesIO()
        )
    )
    return made.getvalue()


def in_own_thread(work: Callable[[], Any]) -> Any:
    """What `work` gives. pyHanko starts an event loop, which a thread that runs one already refuses."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(work).result()


def name_in(certificate: Any) -> str:
    """Whose certificate it is: the organisation in it, else its common name, else the whole subject."""
    subject = certificate.subject.native
    return str(
        subject.get("organization_name") or subject.get("common_name") or certificate.subject.human_friendly
    )
