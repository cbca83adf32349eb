using Bridge.Core;

namespace Bridge.Evm.Tests.Differential;

/// <summary>
/// Random values that a seed and a stream determine on every machine. Source: SplitMix64 in Steele, Lea and Flood, "Fast Splittable
/// Pseudorandom Number Generators".
/// </summary>
internal sealed class Dice(ulong seed, ulong stream)
{
    private const ulong Step = 0x9e3779b97f4a7c15;

    private ulong _state = Mix(Mix(seed) + (stream * Step));

    public ulong Next() => Mix(_state += Step);

    public int Below(int bound) => (int)(Next() % (ulong)bound);

    public bool OneIn(int times) => Below(times) == 0;

    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    /// <summary>Numbers of every length are as likely, and both ends are more likely than anything between them.</summary>
    public UInt128 Number(int bits)
    {
        var most = UInt128.MaxValue >> (128 - bits);
        return Below(10) switch
        {
            0 => 0,
            1 => most,
            _ => new UInt128(Next(), Next()) & (most >> Below(bits)),
        };
    }

    public ulong Number64() => (ulong)Number(64);

    /// <summary>Mostly short, and rarely as long as <paramref name="most"/>.</summary>
    public int Length(int most) => Below((most >> Below(8)) + 1);

    public byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++) bytes[i] = (byte)Next();
        return bytes;
    }

    public Hash32 Hash() => new(Bytes(Hash32.Length));

    public Address Account() => OneIn(20) ? default : new Address(Bytes(Address.Length));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
