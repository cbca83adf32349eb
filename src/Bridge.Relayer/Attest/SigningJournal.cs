using System.Globalization;
using System.Text;
using Bridge.Core;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Attest;

/// <summary>The journal cannot be used; the message says what a person must do.</summary>
public sealed class JournalException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// What this validator has signed, in a file beside the database: a database that was restored, failed over or wiped forgets, and must not lead
/// to a second rolling hash at a sequence. One line an entry, on disk before the signature exists. One process holds it at a time.
/// </summary>
public sealed class SigningJournal : IDisposable
{
    private readonly FileStream _file;
    private readonly Dictionary<(Hash32 Lane, Sequence Sequence), Hash32> _signed = [];
    private readonly Lock _lock = new();

    /// <summary>Opens the file, or makes it.</summary>
    /// <exception cref="JournalException">Another process holds it, it cannot be written, or a line other than the last is damaged.</exception>
    public SigningJournal(string path, ILogger log)
    {
        Path = path;
        try
        {
            WasMissing = !File.Exists(path);
            var how = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
            if (!OperatingSystem.IsWindows()) how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            _file = new FileStream(path, how);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"the signing journal {path} cannot be opened: {e.Message}. One attester holds it at a time: is another one running with this key?", e);
        }
        try
        {
            Load(log);
        }
        catch (JournalException)
        {
            _file.Dispose();
            throw;
        }
    }

    public string Path { get; }

    /// <summary>Whether the file was made just now.</summary>
    public bool WasMissing { get; }

    public int Count
    {
        get { lock (_lock) return _signed.Count; }
    }

    /// <summary>The rolling hash that was signed at a sequence, if any.</summary>
    public Hash32? Find(Hash32 laneId, Sequence sequence)
    {
        lock (_lock) return _signed.TryGetValue((laneId, sequence), out var hash) ? hash : null;
    }

    /// <summary>On disk when it returns, unless it conflicts: then nothing is written.</summary>
    public SigningVerdict Record(Hash32 laneId, Sequence sequence, Hash32 rollingHash) => Record([new Checkpoint(laneId, sequence, rollingHash)]);

    /// <summary>All of them on disk when it returns, or none: one that conflicts refuses the others with it.</summary>
    /// <returns>Conflict, or Fresh if anything was new.</returns>
    public SigningVerdict Record(IReadOnlyList<Checkpoint> checkpoints)
    {
        lock (_lock)
        {
            var verdicts = checkpoints.Select(c => (Checkpoint: c, Verdict: SigningGuard.Judge(_signed.TryGetValue((c.LaneId, c.Sequence), out var before) ? before : null, c.RollingHash))).ToList();
            if (verdicts.Any(v => v.Verdict is SigningVerdict.Conflict)) return SigningVerdict.Conflict;
            var fresh = verdicts.Where(v => v.Verdict is SigningVerdict.Fresh).Select(v => v.Checkpoint).ToList();
            if (fresh.Count == 0) return SigningVerdict.Same;
            _file.Write(Encoding.ASCII.GetBytes(string.Concat(fresh.Select(c => Line(c.LaneId, c.Sequence, c.RollingHash)))));
            _file.Flush(flushToDisk: true);
            foreach (var c in fresh) _signed.Add((c.LaneId, c.Sequence), c.RollingHash);
            return SigningVerdict.Fresh;
        }
    }

    public void Dispose() => _file.Dispose();

    private void Load(ILogger log)
    {
        using var reader = new StreamReader(_file, Encoding.ASCII, false, 1 << 16, leaveOpen: true);
        var text = reader.ReadToEnd();
        var good = 0;
        for (var number = 1; good < text.Length; number++)
        {
            var end = text.IndexOf('\n', good);
            var line = end < 0 ? text[good..] : text[good..(end + 1)];
            if (!TryRead(line, out var lane, out var sequence, out var hash))
            {
                // A crash can tear the last line only: it was not signed yet.
                if (end >= 0 && end + 1 < text.Length)
                    throw new JournalException($"the signing journal {Path} is damaged in line {number}. Do not delete it: bring it back from a copy, or keep this validator stopped and have its key rotated out");
                log.LogWarning("the last line of the signing journal {Path} was torn by a crash, before its signature existed; it is cut off", Path);
                break;
            }
            if (_signed.TryGetValue((lane, sequence), out var before) && before != hash)
                throw new JournalException($"the signing journal {Path} holds two rolling hashes at {sequence} of lane {lane}, in line {number} the second. Keep this validator stopped and have its key rotated out");
            _signed[(lane, sequence)] = hash;
            good += line.Length;
        }
        _file.SetLength(good);
        _file.Position = good;
    }

    private static string Line(Hash32 laneId, Sequence sequence, Hash32 rollingHash)
    {
        var content = $"{laneId} {sequence} {rollingHash}";
        return $"{content} {Check(content)}\n";
    }

    private static string Check(string content) => Keccak256.Hash(Encoding.ASCII.GetBytes(content)).ToString()[2..10];

    private static bool TryRead(string line, out Hash32 laneId, out Sequence sequence, out Hash32 rollingHash)
    {
        (laneId, sequence, rollingHash) = (default, default, default);
        if (!line.EndsWith('\n')) return false;
        var parts = line[..^1].Split(' ');
        if (parts.Length != 4 || Check(string.Join(' ', parts[..3])) != parts[3]) return false;
        var read = ulong.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        sequence = new Sequence(number);
        return read && Hash32.TryParse(parts[0], out laneId) && Hash32.TryParse(parts[2], out rollingHash);
    }
}
