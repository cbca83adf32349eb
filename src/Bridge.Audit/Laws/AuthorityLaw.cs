namespace Bridge.Audit;

/// <summary>Nothing exists that no message explains, and nobody got a power that the deployment did not give.</summary>
internal static class AuthorityLaw
{
    /// <param name="approved">Changes that are meant, each as <see cref="AuthorityChange.Text"/>.</param>
    public static LawVerdict Judge(LawVerdict conservation, LawVerdict once, IReadOnlyList<ChainEvidence> chains, IReadOnlyCollection<string> approved)
    {
        // Whoever minted or released anything else had an authority that nobody should.
        var moved = new[] { conservation, once }.Where(v => v.State is LawState.Violated).Select(v => $"{v.Law} does not hold: value moved that no message explains");
        var changes = chains.SelectMany(chain => chain.Changes).ToList();
        var unexpected = changes.Where(change => !approved.Contains(change.Text))
            .Select(change => $"since the deployment, in {change.Transaction}: '{change.Text}'. If that is meant, put it into Bridge:Audit:Approved");
        var undecided = new[] { conservation, once }.Where(v => v.State is LawState.Undecided).Select(v => $"{v.Law} is not decided");
        return LawVerdict.Of("L10", "authority", [.. moved, .. unexpected], $"every unit is explained by a message, {changes.Count} approved changes since the deployment", [.. undecided]);
    }
}
