"""OpenID Connect for FranceConnect, FranceConnect+ and ProConnect: one profile each, one client, every check named."""
