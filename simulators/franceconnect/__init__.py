"""A strict stand-in for FranceConnect v2, level eidas1, and FranceConnect+: what the real ones refuse, it refuses too."""
