"""Content of the inspections, as dated and versioned data, and the pure code that reads it.

The way in is :mod:`.guide`. Nothing here knows of databases, the web or the clock.
"""
