using Bridge.Core;

namespace Bridge.Evm;

/// <summary>The deterministic deployment proxy: the same init code and salt give the same address on every chain, whoever asks it.</summary>
public static class Create2
{
    public static readonly Address Proxy = Address.Parse("0x4e59b44847b379578588920ca78fbf26c0b4956c");

    /// <summary>keccak-256 of the words, joined by slashes: contracts/script/lib/create2.mjs.</summary>
    public static Hash32 Salt(params IEnumerable<string> words) => Keccak256.Hash(string.Join('/', words));

    /// <summary>EIP-1014, from the proxy.</summary>
    public static Address AddressOf(Hash32 salt, byte[] initCode) =>
        new(Keccak256.Hash([0xff, .. Proxy.ToArray(), .. salt.ToArray(), .. Keccak256.Hash(initCode).ToArray()]).ToArray().AsSpan(Hash32.Length - Address.Length));

    /// <summary>What the proxy is called with.</summary>
    public static byte[] Data(Hash32 salt, byte[] initCode) => [.. salt.ToArray(), .. initCode];
}
