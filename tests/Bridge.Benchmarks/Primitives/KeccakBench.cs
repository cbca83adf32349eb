using System.Runtime.InteropServices;
using Bridge.Benchmarks.Measuring;
using Bridge.Core;

namespace Bridge.Benchmarks.Primitives;

/// <summary>Permutations of Keccak-f[1600] a second on one processor, by way of the hashes that the bridge takes, beside the bare permutation.</summary>
internal static class KeccakBench
{
    /// <summary>Bytes that one permutation takes in.</summary>
    private const int Rate = 136;

    private const double AloneTarget = 1_500_000;
    private const double TogetherTarget = 6_000_000;

    public static IEnumerable<Figure> Run(Rounds rounds)
    {
        yield return new Figure("keccak of a long text", "permutationsPerSecond", rounds.Measure(Long, Bare<OneLane>), "the bare permutation", "1,500,000/s", (rate, _) => rate >= AloneTarget);
        yield return new Figure("keccak of a message", "permutationsPerSecond", rounds.Measure(Message, Bare<OneLane>), "the bare permutation", null, null);
        yield return new Figure("keccak of many messages", "permutationsPerSecond", rounds.Measure(Messages, count => Bare<FourLanes>(count / FourLanes.Count)), "the bare permutation of four", "6,000,000/s", (rate, _) => rate >= TogetherTarget);
    }

    /// <summary>A multiple of 64 blocks less the padding's own.</summary>
    private static void Long(int permutations)
    {
        var text = new byte[(64 * Rate) - 1];
        for (var done = 0; done < permutations; done += 64) Keccak256.Hash(text);
    }

    private static void Message(int permutations)
    {
        var message = new byte[MessageCodec.TransferLength];
        for (var done = 0; done < permutations; done++) Keccak256.Hash(message);
    }

    private static void Messages(int permutations)
    {
        byte[][] messages = [.. Enumerable.Range(0, 1000).Select(_ => new byte[MessageCodec.TransferLength])];
        for (var done = 0; done < permutations; done += messages.Length) Keccak256.HashEach(messages);
    }

    private static void Bare<T>(int permutations)
        where T : struct, IKeccakWord<T>
    {
        Span<ulong> states = stackalloc ulong[KeccakPermutation.Lanes * FourLanes.Count];
        states.Clear();
        for (var done = 0; done < permutations; done++) KeccakPermutation.Permute(MemoryMarshal.Cast<ulong, T>(states));
    }
}
