using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Configuration;

namespace Bridge.Relayer.Log;

/// <summary>The operator's name on its log, on what is exported of it, on proofs of reserves, and under the logs of others.</summary>
public sealed record LogKey(ISigner Signer, string Origin)
{
    public async Task<NoteSignature> SignAsync(LogCheckpoint checkpoint, NoteRole role, DateTimeOffset now, CancellationToken ct)
    {
        var time = checked((ulong)now.ToUnixTimeSeconds());
        return new NoteSignature(Origin, Signer.Address, role, time, await Signer.SignAsync(checkpoint.Preimage(role, time), ct));
    }

    /// <param name="document">A proof of reserves, as JSON.</param>
    public async Task<ReserveSeal> SealAsync(string document, CancellationToken ct) => new(Signer.Address, await Signer.SignAsync(ReserveSeal.Preimage(document), ct));

    internal static LogKey Open(LogOptions options) => new(Keys.Open(options), options.Origin);
}
