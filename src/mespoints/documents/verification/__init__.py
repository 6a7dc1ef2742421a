"""Is this paper genuine, is it still current? For whoever was given one: a file, a visible code, a reference; with or without us.

Verdicts are values. Nothing here needs Django but ``issued_papers``, so that ``mespoints verify`` answers offline.
"""
