using Bridge.Api.Problems;
using Bridge.Store;

namespace Bridge.Api.Compliance;

internal static class ComplianceProblems
{
    public static readonly ProblemKind TooManyReferences = new("TOO_MANY_REFERENCES", 422, "The key has attached to this transfer what it may", false,
        $"A key attaches at most {ComplianceStore.MostOfKey} references to a transfer, corrections counted, and none is ever removed. The newest one counts; ask the operator for another key if it is not right.");

    public static readonly IReadOnlyList<ProblemKind> All = [TooManyReferences];
}
