"""Opens envelopes of answers of version 4 by what docs/rating-links.md says alone, and checks their proofs.

It shows that the page describes the format to the byte, and gives the values in `sealing.rs`. Needs `cryptography`:

    python3 crates/rating/tests/rating/open_answers.py
"""

import base64
import hashlib
import hmac
import pathlib
import struct
import zlib

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SECRET = bytes([8]) * 32
SLOT = 2


def hkdf(secret: bytes, info: bytes, length: int) -> bytes:
    key = hmac.new(bytes(32), secret, hashlib.sha256).digest()
    block, out, number = b"", b"", 1
    while len(out) < length:
        block = hmac.new(key, block + info + bytes([number]), hashlib.sha256).digest()
        out, number = out + block, number + 1
    return out[:length]


def open_answers(text: str) -> tuple[bytes, bool]:
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    head, checksum, body = data[:6], data[6:14], data[14:]
    version, contents, length = struct.unpack("<BBI", head)
    assert (version, contents, length) == (4, 2, len(body))
    assert hashlib.sha256(head + body).digest()[:8] == checksum
    task, sender, sealed = body[:8], body[24:56], body[56:]
    private = X25519PrivateKey.from_private_bytes(hkdf(SECRET, b"assay owner key", 32))
    owner = private.public_key().public_bytes_raw()
    shared = private.exchange(X25519PublicKey.from_public_bytes(sender))
    keys = hkdf(shared, b"assay answers 4" + sender + owner, 44)
    header = head[:2] + body[:56]
    plain = AESGCM(keys[:32]).decrypt(keys[32:], sealed, header)
    mark, rest = plain[0], plain[1:]
    if mark == 0:
        return zlib.decompress(rest, -15), False
    proof, packed = rest[:16], rest[16:]
    invitation = hkdf(SECRET, b"assay invitation" + task + struct.pack("<H", SLOT), 16)
    assert hmac.new(invitation, header + packed, hashlib.sha256).digest()[:16] == proof
    return zlib.decompress(packed, -15), True


folder = pathlib.Path(__file__).parent / "envelopes"
for name, invited in [("v4-answers.txt", False), ("v4-invited.txt", True)]:
    bundle, proved = open_answers((folder / name).read_text().strip())
    assert proved == invited
    # Id and hash begin the bundle; the id is a variable-length integer of postcard's.
    assert "李雷".encode() in bundle
    print(f"{name}: {len(bundle)} bytes, proof of an invitation: {proved}")
private = X25519PrivateKey.from_private_bytes(hkdf(SECRET, b"assay owner key", 32))
print("public key", private.public_key().public_bytes_raw().hex())
info = b"assay invitation" + struct.pack("<QH", 0x123456789ABCDEF0, SLOT)
print("invitation", hkdf(SECRET, info, 16).hex())
