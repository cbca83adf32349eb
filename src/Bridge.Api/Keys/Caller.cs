using System.Net;
using Bridge.Api.Limits;
using Bridge.Store;

namespace Bridge.Api.Keys;

/// <summary>Who asks: the holder of a key, or whoever is behind an address.</summary>
/// <param name="Principal">What is kept apart from others' by: the key's id, or the address.</param>
internal sealed record Caller(string Principal, ApiKey? Key)
{
    public static Caller Of(ApiKey key) => new($"key:{key.Id:N}", key);

    public static Caller At(IPAddress? address) => new($"ip:{ClientKey.Of(address)}", null);
}
