using System.Globalization;

namespace Bridge.Core;

public enum FinalityTag { Finalized, Safe, Depth }

/// <summary>When a chain's block counts as final: by the node's tag, or a number of blocks below the head.</summary>
/// <param name="Depth">Blocks below the head; 1 to 100,000 for <see cref="FinalityTag.Depth"/>, else 0.</param>
public readonly record struct FinalityPolicy(FinalityTag Tag, ulong Depth = 0)
{
    public const ulong MaxDepth = 100_000;

    public static bool TryParse(string? text, out FinalityPolicy policy)
    {
        policy = new FinalityPolicy(FinalityTag.Finalized);
        if (text == "finalized") return true;
        policy = new FinalityPolicy(FinalityTag.Safe);
        if (text == "safe") return true;
        policy = default;
        if (text is null || !text.StartsWith("depth:", StringComparison.Ordinal)) return false;
        if (!ulong.TryParse(text.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var depth)) return false;
        policy = new FinalityPolicy(FinalityTag.Depth, depth);
        return depth is > 0 and <= MaxDepth;
    }

    /// <summary>The final height under a depth policy; chains younger than the depth have none but genesis.</summary>
    public ulong FinalHeight(ulong head) => head > Depth ? head - Depth : 0;

    public override string ToString() => Tag is FinalityTag.Depth ? $"depth:{Depth}" : Tag.ToString().ToLowerInvariant();
}
