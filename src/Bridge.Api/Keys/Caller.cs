using System.Net;
using System.Net.Sockets;
using Bridge.Store;

namespace Bridge.Api.Keys;

/// <summary>Who asks: the holder of a key, or whoever is behind an address.</summary>
/// <param name="Principal">What is kept apart from others' by: the key's id, or the address.</param>
internal sealed record Caller(string Principal, ApiKey? Key)
{
    public static Caller Of(ApiKey key) => new($"key:{key.Id:N}", key);

    /// <summary>IPv6 by its /64: whoever has one address of it has all.</summary>
    public static Caller At(IPAddress? address)
    {
        if (address is null) return new Caller("ip:unknown", null);
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily is not AddressFamily.InterNetworkV6) return new Caller($"ip:{address}", null);
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new Caller($"ip:{new IPAddress(bytes)}/64", null);
    }
}
