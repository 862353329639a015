"""Figures that anyone can take again on their own machine."""
