"""No private key, whatever it is for, is ever part of the project."""

from tests.architecture.tree import kept_files, name_of

# In two parts, or this file would be the first to be caught.
OPENING = b"-----BEGIN "
KINDS = (b"", b"EC ", b"RSA ", b"DSA ", b"ENCRYPTED ", b"OPENSSH ")
PRIVATE_KEY = b"PRIVATE " + b"KEY-----"
KEY_FILES = {".p12", ".pfx", ".jks"}


def test_no_private_key() -> None:
    written = {path: path.read_bytes() for path in kept_files()}
    assert written
    found = [name_of(path) for path, content in written.items() if any(OPENING + kind + PRIVATE_KEY in content for kind in KINDS)]
    assert found == []
    assert [name_of(path) for path in written if path.suffix in KEY_FILES] == []
