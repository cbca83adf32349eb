using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Configuration;

namespace Bridge.Relayer.Log;

/// <summary>The operator's name on its log, on what is exported of it, and under the logs of others.</summary>
public sealed record LogKey(ISigner Signer, string Origin)
{
    public NoteSignature Sign(LogCheckpoint checkpoint, NoteRole role, DateTimeOffset now)
    {
        var time = checked((ulong)now.ToUnixTimeSeconds());
        return new NoteSignature(Origin, Signer.Address, role, time, Signer.Sign(checkpoint.Digest(role, time)));
    }

    internal static LogKey Open(LogOptions options) => new(Keys.Open(options), options.Origin);
}
