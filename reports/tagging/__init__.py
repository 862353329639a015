"""PDF that everybody can read: ReportLab's drawing with a tree of tags beside it (docs/accessible-pdf.md)."""
