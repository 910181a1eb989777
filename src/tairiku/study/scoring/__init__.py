"""How good an ensemble is beside the record: scores, coverage, naive rivals, the log of looks.

`validate` plays the campaigns and scores them; what is scored is data (`truth`), the rivals are
scored by the same rule (`rivals`), and every look at a phase that was held out belongs into the
log (`looks`).
"""
