using Bridge.Core;

namespace Bridge.Audit;

/// <summary>What an offline look at an audit log found.</summary>
/// <param name="Root">Worked out from the leaves.</param>
/// <param name="Checkpoints">Signed ones whose roots are the tree's at their size.</param>
/// <param name="Pending">Changes that are no leaves yet.</param>
/// <param name="Corrections">Leaves that say openly that an earlier row went; an auditor reads them.</param>
/// <param name="Faults">One sentence each, beginning with the row, the leaf or the checkpoint that is not what was logged.</param>
public sealed record LogReport(ulong Size, Hash32 Root, int Checkpoints, long Pending, IReadOnlyList<string> Corrections, IReadOnlyList<string> Faults);

/// <summary>What somebody knows of a log from elsewhere: what may be asked of its signatures, and what it has to have grown out of.</summary>
/// <param name="Operator">Whose key signs; null: whoever signed the newest.</param>
/// <param name="Earlier">Checkpoints that were kept: the log must hold each unchanged.</param>
public sealed record LogExpectation(Address? Operator, IReadOnlyList<LogCheckpoint> Earlier)
{
    public static readonly LogExpectation None = new(null, []);
}
