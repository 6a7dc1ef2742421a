"""OpenID Connect, as FranceConnect speaks it: one profile per provider, one client, every check named."""
