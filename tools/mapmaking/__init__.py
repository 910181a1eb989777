"""The map as data: from the geographic sources to the files of ``src/tairiku/data/map``.

Run through ``tools/build_map.py``; nothing here is installed.
"""
