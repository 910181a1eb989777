"""Commanders: a side's view of the war in, its orders out; one seam for all kinds of them."""
