"""The seal (cachet) of the organisation: PAdES, invisible, certifying that nothing may change after it.

``open_seal`` gives a ``Seal`` from a file or a security module, once for each process; ``Seal.sealed`` seals, as high as
the time-stamping authority allows at that moment.
"""

from mespoints.documents.seal.demo import DEMO_SUBJECT, SealFiles, generate_demo_seal
from mespoints.documents.seal.sealing import Seal, Sealed, load_seal, open_seal
from mespoints.documents.seal.unusable import SealUnusable

__all__ = ["DEMO_SUBJECT", "Seal", "SealFiles", "SealUnusable", "Sealed", "generate_demo_seal", "load_seal", "open_seal"]
