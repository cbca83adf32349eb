using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Bridge.Core;

/// <summary>One lane of one or several Keccak states.</summary>
internal interface IKeccakWord<T>
    where T : struct, IKeccakWord<T>
{
    static abstract T operator ^(T left, T right);

    /// <param name="word">What is rotated.</param>
    /// <param name="bits">1 to 63.</param>
    static abstract T RotateLeft(T word, int bits);

    /// <summary>The bits of one that the other does not have.</summary>
    static abstract T AndNot(T word, T without);

    /// <summary>The same lane in every state.</summary>
    static abstract T Same(ulong lane);
}

/// <summary>Of one state.</summary>
internal readonly struct OneLane(ulong bits) : IKeccakWord<OneLane>
{
    private readonly ulong _bits = bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane operator ^(OneLane left, OneLane right) => new(left._bits ^ right._bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane RotateLeft(OneLane word, int bits) => new(BitOperations.RotateLeft(word._bits, bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane AndNot(OneLane word, OneLane without) => new(word._bits & ~without._bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane Same(ulong lane) => new(lane);
}

/// <summary>Of four states, side by side.</summary>
internal readonly struct FourLanes(Vector256<ulong> bits) : IKeccakWord<FourLanes>
{
    public const int Count = 4;

    private readonly Vector256<ulong> _bits = bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes operator ^(FourLanes left, FourLanes right) => new(left._bits ^ right._bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes RotateLeft(FourLanes word, int bits) => new((word._bits << bits) | (word._bits >>> (64 - bits)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes AndNot(FourLanes word, FourLanes without) => new(Vector256.AndNot(word._bits, without._bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes Same(ulong lane) => new(Vector256.Create(lane));
}
