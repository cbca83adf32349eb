using Bridge.Evm;

namespace Bridge.Relayer.Sponsor;

/// <summary>The key that approves operations. It has no account and sends nothing.</summary>
public sealed record SponsorKey(ISigner Signer)
{
    /// <summary>r, s and v of 27 or 28, as OpenZeppelin's SignerECDSA takes it.</summary>
    public async Task<byte[]> SignAsync(byte[] preimage, CancellationToken ct) => (await Signer.SignAsync(preimage, ct)).ToRsv();

    public override string ToString() => Signer.Address.ToString();
}
