"""What the simulated identity providers share: the protocol. Where they differ is said by a ``Dialect``."""
