"""Where a webhook's address leads: a public host, unless the brand file allows this machine or a private network."""

import asyncio
import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from monitor.domain.brand import Network

_TRANSLATED = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address behind a translator
_EVERYWHERE = {
    Network.PUBLIC: "it leads into a private network; write network: loopback or private in the brand file to allow it",
    Network.LOOPBACK: "it leads into a private network; write network: private in the brand file to allow it",
    Network.PRIVATE: "it leads to an address that nobody may call",
}


class ForbiddenError(Exception):
    """The address leads where the brand file does not allow."""


def mistake(url: str, network: Network) -> str:
    """Return what is wrong with an address as it is written, "" where nothing is; the address is not repeated."""
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "it holds no web address"
    if parts.scheme not in {"https", "http"} or not host:
        return "it holds no web address; write it whole, such as https://example.com/hook"
    if parts.username or parts.password:
        return "its address holds a user or password; sign the calls instead (secret_env)"
    if parts.scheme == "http" and network is Network.PUBLIC:
        return "its address begins with http: what is sent would be readable on the way; use https"
    return ""


async def resolve(url: str, network: Network) -> str:
    """Return the first IP address of the host; ForbiddenError where one of them may not be called.

    OSError where there is none.
    """
    parts = urlsplit(url.strip())
    port = parts.port or (443 if parts.scheme == "https" else 80)
    found = await asyncio.get_running_loop().getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    if not addresses:
        raise OSError("no address")
    if not all(is_allowed(address, network, plain=parts.scheme == "http") for address in addresses):
        raise ForbiddenError(_EVERYWHERE[network])
    return addresses[0]


def is_allowed(address: str, network: Network, *, plain: bool = False) -> bool:
    """Whether an IP address may be called; unencrypted (`plain`) only what is near.

    >>> [is_allowed(ip, Network.PUBLIC) for ip in ("93.184.216.34", "10.0.0.1", "::ffff:127.0.0.1", "169.254.169.254")]
    [True, False, False, False]
    """
    ip = _meant(ip_address(address))
    if ip.is_loopback:
        return network is not Network.PUBLIC
    if ip.is_multicast or ip.is_unspecified or ip.is_link_local or ip.is_reserved:
        return False
    if ip.is_global:
        return not plain
    return network is Network.PRIVATE and ip.is_private


def _meant(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address that an IPv6 address stands for, where it stands for one."""
    if isinstance(ip, IPv4Address):
        return ip
    if ip in _TRANSLATED:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else ip)
