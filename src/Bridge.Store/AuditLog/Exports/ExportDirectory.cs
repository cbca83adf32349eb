using System.Globalization;
using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <param name="Members">Their addresses as the log writes them, in the order of the set.</param>
internal sealed record LoggedSet(Address Bridge, IReadOnlyList<string> Members, int Threshold);

/// <summary>Tokens, validator sets, halts and pauses as the log told them up to a size, and when it told the last of it.</summary>
internal sealed class ExportDirectory
{
    private readonly Dictionary<(string Chain, string Asset), string?> _tokens = [];
    private readonly Dictionary<(string Chain, string Epoch), LoggedSet> _sets = [];

    private readonly Dictionary<string, (string Lane, bool Open)> _halts = [];
    private readonly Dictionary<string, string?> _pauses = [];

    /// <summary>The moment that a row tells of: the newest leaf's, so that it does not matter when an export is written.</summary>
    public DateTimeOffset AsOf { get; private set; }

    public bool IsHalted(string source, string destination) => _halts.Values.Contains((Between(source, destination), true));

    /// <summary>Whether a destination delivers nothing of a source.</summary>
    public bool IsPaused(string source, string destination) =>
        new[] { destination, Between(destination, source) }.Any(end => _pauses.GetValueOrDefault(end) is { } until && Timestamp.Parse(until) > AsOf);

    public string? Token(string chain, string asset) => _tokens.GetValueOrDefault((chain, asset));

    public LoggedSet? Set(string chain, string epoch) => _sets.GetValueOrDefault((chain, epoch));

    public static async Task<ExportDirectory> ReadAsync(NpgsqlConnection connection, ulong size, CancellationToken ct)
    {
        var directory = new ExportDirectory();
        var entries = await connection.QueryAsync(
            "SELECT entry FROM log_entry WHERE kind = ANY ($1) AND leaf_index < $2 AND change <> 'delete' ORDER BY leaf_index", row => AuditEntry.Parse(row.GetString(0)), ct,
            (string[])["asset", "validator_set", "lane_halt", "chain", "lane_end"], size);
        directory.AsOf = (await connection.QueryAsync("SELECT entry FROM log_entry WHERE leaf_index = $1", row => AuditEntry.Parse(row.GetString(0)).At, ct, size - 1)).Single();
        foreach (var entry in entries) directory.Read(entry);
        return directory;
    }

    private void Read(AuditEntry entry)
    {
        switch (entry.Kind)
        {
            case "asset": _tokens[(entry.Value("chainId")!, entry.Value("assetId")!)] = entry.Value("token"); break;
            case "lane_halt": _halts[entry.Key] = (Between(entry.Value("sourceChain")!, entry.Value("destinationChain")!), entry.Value("resumedAt") is null); break;
            case "chain": _pauses[entry.Value("chainId")!] = entry.Value("pausedUntil"); break;
            case "lane_end": _pauses[Between(entry.Value("chainId")!, entry.Value("otherChain")!)] = entry.Value("pausedUntil"); break;
            default:
                _sets[(entry.Value("chainId")!, entry.Value("epoch")!)] = new LoggedSet(
                    Address.Parse(entry.Value("bridge")!), [.. entry.Row.GetProperty("members").EnumerateArray().Select(member => member.GetString()!)],
                    int.Parse(entry.Value("threshold")!, NumberStyles.None, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static string Between(string one, string other) => $"{one}:{other}";
}
