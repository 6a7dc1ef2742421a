"""A time-stamping authority for demonstrations and tests: strict (RFC 3161), trusted by nobody, its root made at each start."""
