using System.Net;
using System.Net.Sockets;

namespace Bridge.Api.Limits;

/// <summary>Whom a limit counts: who proved to be somebody by name, everybody else by address.</summary>
internal static class ClientKey
{
    private const int HomePrefixBytes = 8;

    public static string Of(HttpContext context) => context.User.Identity is { IsAuthenticated: true, Name: { Length: > 0 } name }
        ? $"key {name}"
        : Of(context.Connection.RemoteIpAddress);

    /// <summary>An IPv6 home has 2^64 addresses, so the first half counts; an IPv4 address counts whole, also where it comes as IPv6.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is null) return "unknown";
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4().ToString();
        if (address.AddressFamily is not AddressFamily.InterNetworkV6) return address.ToString();
        var prefix = address.GetAddressBytes();
        prefix.AsSpan(HomePrefixBytes).Clear();
        return $"{new IPAddress(prefix)}/64";
    }
}
