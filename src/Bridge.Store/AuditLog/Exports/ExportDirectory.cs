using System.Globalization;
using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <param name="Members">Their addresses as the log writes them, in the order of the set.</param>
internal sealed record LoggedSet(Address Bridge, IReadOnlyList<string> Members, int Threshold);

/// <summary>Tokens and validator sets as the log told them up to a size.</summary>
internal sealed class ExportDirectory
{
    private readonly Dictionary<(string Chain, string Asset), string?> _tokens = [];
    private readonly Dictionary<(string Chain, string Epoch), LoggedSet> _sets = [];

    public string? Token(string chain, string asset) => _tokens.GetValueOrDefault((chain, asset));

    public LoggedSet? Set(string chain, string epoch) => _sets.GetValueOrDefault((chain, epoch));

    public static async Task<ExportDirectory> ReadAsync(NpgsqlConnection connection, ulong size, CancellationToken ct)
    {
        var directory = new ExportDirectory();
        var entries = await connection.QueryAsync(
            "SELECT entry FROM log_entry WHERE kind = ANY ($1) AND leaf_index < $2 AND change <> 'delete' ORDER BY leaf_index", row => AuditEntry.Parse(row.GetString(0)), ct,
            (string[])["asset", "validator_set"], size);
        foreach (var entry in entries)
        {
            var chain = entry.Value("chainId")!;
            if (entry.Kind == "asset") directory._tokens[(chain, entry.Value("assetId")!)] = entry.Value("token");
            else directory._sets[(chain, entry.Value("epoch")!)] = new LoggedSet(
                Address.Parse(entry.Value("bridge")!), [.. entry.Row.GetProperty("members").EnumerateArray().Select(member => member.GetString()!)],
                int.Parse(entry.Value("threshold")!, NumberStyles.None, CultureInfo.InvariantCulture));
        }
        return directory;
    }
}
