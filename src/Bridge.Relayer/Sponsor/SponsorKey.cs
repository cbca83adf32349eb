using Bridge.Evm;

namespace Bridge.Relayer.Sponsor;

/// <summary>The key that approves operations. It has no account and sends nothing.</summary>
public sealed record SponsorKey(ISigner Signer)
{
    /// <summary>r, s and v of 27 or 28, as OpenZeppelin's SignerECDSA takes it.</summary>
    public async Task<byte[]> SignAsync(byte[] preimage, CancellationToken ct)
    {
        var bytes = (await Signer.SignAsync(preimage, ct)).ToArray();
        var v = (byte)(27 + (bytes[32] >> 7));
        bytes[32] &= 0x7f;
        return [.. bytes, v];
    }

    public override string ToString() => Signer.Address.ToString();
}
