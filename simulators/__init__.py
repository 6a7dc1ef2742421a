"""Strict stand-ins for the outside world, for the demonstration and the tests. They know nothing of src, nor src of them."""
