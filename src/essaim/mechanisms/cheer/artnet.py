"""Art-Net 4: a frame of DMX values as the packet a lamp's node understands. Pure.

Art-Net 4 protocol release V1.4, “ArtDmx”: https://art-net.org.uk/downloads/art-net.pdf
"""

from __future__ import annotations

PORT = 6454
UNIVERSES = 0x8000  # 15 bits: net (7), sub-net (4), universe (4)
CHANNELS = 512
ID, OP_DMX, VERSION = b"Art-Net\0", 0x5000, 14


def dmx(values: bytes, *, universe: int = 0, sequence: int = 0) -> bytes:
    """The packet that sets the channels from 1 on.

    `sequence` runs from 1 to 255 so that the node can put packets in order; 0 says that it does not run. An odd
    number of values is filled up to an even one. Raises ValueError outside the protocol's bounds.
    """
    if not 1 <= len(values) <= CHANNELS or not 0 <= universe < UNIVERSES or not 0 <= sequence <= 255:
        raise ValueError((len(values), universe, sequence))
    even = values + b"\0" * (len(values) % 2)
    head = ID + OP_DMX.to_bytes(2, "little") + VERSION.to_bytes(2, "big")
    return head + bytes((sequence, 0)) + universe.to_bytes(2, "little") + len(even).to_bytes(2, "big") + even


def read(packet: bytes) -> tuple[int, int, bytes]:
    """(universe, sequence, values) of such a packet. Raises ValueError for any other."""
    if packet[:8] != ID or len(packet) < 20 or int.from_bytes(packet[8:10], "little") != OP_DMX:
        raise ValueError("not an ArtDmx packet")
    length = int.from_bytes(packet[16:18], "big")
    if len(packet) != 18 + length:
        raise ValueError("not as long as it says")
    return int.from_bytes(packet[14:16], "little"), packet[12], packet[18:]
