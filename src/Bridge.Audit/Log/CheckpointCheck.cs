using Bridge.Core;
using Npgsql;

namespace Bridge.Audit;

/// <summary>Holds what was signed against the tree.</summary>
internal static class CheckpointCheck
{
    /// <returns>How many hold.</returns>
    public static async Task<int> RunAsync(
        NpgsqlConnection connection, LogExpectation expected, ulong size, Dictionary<ulong, Hash32> roots, List<string> faults, CancellationToken ct)
    {
        var notes = await NotesAsync(connection, faults, ct);
        var signer = expected.Operator ?? notes.LastOrDefault()?.Signatures.FirstOrDefault(signature => signature.Role is NoteRole.Operator)?.Signer;
        var holding = 0;
        foreach (var note in notes)
        {
            if (signer is null || note.By(signer.Value, NoteRole.Operator) is null) faults.Add($"checkpoint of {note.Checkpoint.Size} leaves: it is not signed by {signer}");
            else if (Compare(note.Checkpoint, size, roots) is { } fault) faults.Add($"checkpoint of {note.Checkpoint.Size} leaves: {fault}");
            else holding++;
        }
        foreach (var earlier in expected.Earlier)
        {
            if (Compare(earlier, size, roots) is { } fault) faults.Add($"the kept checkpoint of {earlier.Size} leaves: {fault}");
            if (notes.Count > 0 && notes[^1].Checkpoint.Origin != earlier.Origin) faults.Add($"the kept checkpoint of {earlier.Size} leaves: it is of the log {earlier.Origin}, and this one is {notes[^1].Checkpoint.Origin}");
        }
        return holding;
    }

    private static string? Compare(LogCheckpoint checkpoint, ulong size, Dictionary<ulong, Hash32> roots) =>
        checkpoint.Size > size ? $"there are only {size}"
        : roots.TryGetValue(checkpoint.Size, out var root) && root == checkpoint.Root ? null
        : $"the root was {checkpoint.Root}, and over the same leaves it is {root} now: the history was rewritten";

    private static async Task<List<SignedNote>> NotesAsync(NpgsqlConnection connection, List<string> faults, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT size, origin, root, line FROM log_checkpoint ORDER BY size", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var notes = new List<SignedNote>();
        while (await reader.ReadAsync(ct))
        {
            var checkpoint = new LogCheckpoint(reader.GetString(1), (ulong)reader.GetInt64(0), new Hash32(reader.GetFieldValue<byte[]>(2)));
            if (SignedNote.TryParse($"{checkpoint.Body()}\n{reader.GetString(3)}", out var note)) notes.Add(note);
            else faults.Add($"checkpoint of {checkpoint.Size} leaves: it is no signed note");
        }
        return notes;
    }
}
