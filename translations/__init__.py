"""The words of the pages: one catalogue per language, and how it is made from the source."""
