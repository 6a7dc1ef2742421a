class SealUnusable(RuntimeError):
    """The seal cannot be used: the sentence says what was found, what was expected, what to do."""
