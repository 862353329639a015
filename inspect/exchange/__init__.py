"""Formats that other programs read and write: bytes in, plain values out, and back. No database, no web."""
