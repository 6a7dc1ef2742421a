"""A strict stand-in for FranceConnect v2, level eidas1: what the real one would refuse, it refuses too."""
