"""A strict stand-in for ProConnect: agents, invented too, at the level and with the roles one chooses."""
