"""This site as passkeys know it."""

from ..outside.passkeys import Site, site_of
from .session import settings


def our_site() -> Site | None:
    """None where browsers have no passkeys: at a number for an address, or without https."""
    return site_of(settings().base_url, settings().authority.name)
