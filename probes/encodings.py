"""Unpacking a reply, with a bound: 483 bytes of gzip in gzip can hold 200 MB."""

import zlib
from collections.abc import Mapping

from monitor.domain.rounds import Miss, MissReason

_GZIP, _ZLIB = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS


def unpack(received: bytes, headers: Mapping[str, str], largest: int) -> bytes | Miss:
    """Return the body as it was meant. We ask for `identity`; gzip and deflate are understood, once, up to `largest`.

    >>> unpack(b"{}", {}, 10)
    b'{}'
    """
    encoding = headers.get("content-encoding", "").strip().lower()
    if encoding in {"", "identity"}:
        return received
    if encoding not in {"gzip", "x-gzip", "deflate"}:
        detail = f"The reply is packed as {encoding[:40]}, which was not asked for."
        return Miss(reason=MissReason.NOT_AN_ANSWER, detail=detail, charged=None)
    return _inflate(received, _ZLIB if encoding == "deflate" else _GZIP, largest)


def _inflate(received: bytes, window: int, largest: int) -> bytes | Miss:
    unpacker = zlib.decompressobj(window)
    try:
        body = unpacker.decompress(received, largest + 1)
    except zlib.error:
        return Miss(reason=MissReason.NOT_AN_ANSWER, detail="The reply's packing is broken.", charged=None)
    if len(body) > largest:
        detail = f"The reply unpacks to more than {largest} bytes."
        return Miss(reason=MissReason.TOO_LARGE, detail=detail, charged=None)
    if not unpacker.eof:
        return Miss(reason=MissReason.DROPPED, detail="The packed reply ends before its end.", charged=None)
    return body
