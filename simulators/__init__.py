"""Strict stand-ins for the outside world, for the demonstration and the tests. Nothing in src imports them, and they import nothing from it."""
