namespace Bridge.Core.Tests;

internal enum RowStatus : byte { Intent, Reserved, Signed, Broadcast, Mined, Void, Final, Dropped, Failed }

/// <summary>A row of the journal. Lane = message, since each lane has one here.</summary>
/// <param name="Nonce">-1: none yet.</param>
/// <param name="Attempts">One character each: D delivers, C cancels.</param>
/// <param name="Old">The patience is over since its status was last written.</param>
internal sealed record Row(int Lane, int Nonce, string Attempts, RowStatus Status, bool Old)
{
    public bool IsOpen => Status < RowStatus.Final;
    public bool InFlight => Status is RowStatus.Signed or RowStatus.Broadcast;
}

/// <summary>A transaction of row <paramref name="Row"/>. A rival's has row -1, an outsider's with our key -2.</summary>
internal sealed record Sent(int Row, int Attempt, int Lane, int Nonce, bool Delivers);

/// <summary>A transaction in a block of its own.</summary>
internal sealed record InBlock(Sent Sent, bool Effective);

/// <summary>What the executor does next; all of it is lost in a crash.</summary>
internal sealed record Program(string Step, int Index, SubmissionAction Action = SubmissionAction.Wait)
{
    public static readonly Program Start = new("drive", 0);
}

/// <summary>What may still go wrong.</summary>
internal sealed record Budget(int Messages, int Crashes, int Drops = 0, int Rivals = 0, int Reorgs = 0, int Outsiders = 0);

/// <summary>One executor, its journal, its pool and its chain. Two are the same when their texts are.</summary>
internal sealed record SubmissionWorld(
    Budget Budget, IReadOnlyList<Row> Journal, IReadOnlyList<Sent> Pool, IReadOnlyList<InBlock> Chain, int Final, Program Program, bool Quarantined)
{
    public static SubmissionWorld Begin(Budget budget) => new(budget, [], [], [], 0, Program.Start, false);

    public int Nonce => NonceAt(Chain.Count);

    public int NonceAt(int height) => Chain.Take(height).Count(block => block.Sent.Row != -1);

    public bool IsDelivered(int lane) => Chain.Any(block => block.Effective && block.Sent.Lane == lane);

    public SubmissionWorld With(int row, Row changed) => this with { Journal = [.. Journal.Select((old, i) => i == row ? changed : old)] };

    public override string ToString() => string.Join(' ',
    [
        $"{Budget.Crashes}{Budget.Drops}{Budget.Rivals}{Budget.Reorgs}{Budget.Outsiders}{(Quarantined ? "q" : "")} {Program.Step}{Program.Index}{Program.Action} |",
        .. Journal.Select(r => $"{r.Lane}@{r.Nonce}{r.Attempts}{r.Status}{(r.Old ? "!" : "")}"), "| pool",
        .. Pool.Select(s => $"{s.Row}.{s.Attempt}").Order(StringComparer.Ordinal), $"| chain({Final})", .. Chain.Select(b => $"{b.Sent.Row}.{b.Sent.Attempt}l{b.Sent.Lane}{(b.Effective ? "+" : "-")}"),
    ]);
}
