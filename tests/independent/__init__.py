"""A second implementation of the method, written from its specification alone, to hold the product against."""
