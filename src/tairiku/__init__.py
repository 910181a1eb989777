"""Tairiku: the open campaign simulator of Operation Ichi-Gō, China, April-December 1944."""

__version__ = "0.1.0"
