"""Strict stand-ins for the outside world, for the demonstration and the tests: they import nothing from src, nor src from them."""
