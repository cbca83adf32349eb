namespace Bridge.Core;

/// <summary>Who may attest on a destination in one epoch, and how many of them must.</summary>
public sealed record ValidatorSet
{
    public const int MaxMembers = 255;

    public ValidatorSet(Epoch epoch, IReadOnlyList<Address> members, int threshold)
    {
        if (Fault(members, threshold) is { } fault) throw new ArgumentException(fault, nameof(members));
        (Epoch, Members, Threshold) = (epoch, members, threshold);
    }

    public Epoch Epoch { get; }

    /// <summary>Strictly ascending.</summary>
    public IReadOnlyList<Address> Members { get; }

    public int Threshold { get; }

    /// <summary>More than two thirds: floor(2n/3) + 1, the bound under which two quorums share an honest member if fewer than a third lie.</summary>
    public static int MinimumThreshold(int members) => (2 * members / 3) + 1;

    /// <summary>The position of a member, or -1.</summary>
    public int IndexOf(Address member)
    {
        int low = 0, high = Members.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = Members[middle].CompareTo(member);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1; else high = middle - 1;
        }
        return -1;
    }

    /// <summary>The code of the contract that stores the set: 0x00 (STOP), threshold, members.</summary>
    public byte[] ToBlob() => [0, (byte)Threshold, .. PackedMembers()];

    /// <summary>keccak-256 of the members, 20 bytes each: what a <see cref="Rotation"/> names them by.</summary>
    public Hash32 MembersHash() => Keccak256.Hash(PackedMembers());

    /// <summary>What is wrong with a proposed set, or null.</summary>
    public static string? Fault(IReadOnlyList<Address> members, int threshold)
    {
        if (members.Count is 0 or > MaxMembers) return $"A validator set has 1 to {MaxMembers} members, not {members.Count}.";
        if (members[0].IsZero) return "The zero address cannot be a validator.";
        for (var i = 1; i < members.Count; i++)
            if (members[i - 1].CompareTo(members[i]) >= 0) return $"Members must ascend strictly: {members[i]} follows {members[i - 1]}.";
        var least = MinimumThreshold(members.Count);
        return threshold < least || threshold > members.Count
            ? $"The threshold of {members.Count} members is {least} to {members.Count}, not {threshold}."
            : null;
    }

    private byte[] PackedMembers() => [.. Members.SelectMany(member => member.ToArray())];
}
