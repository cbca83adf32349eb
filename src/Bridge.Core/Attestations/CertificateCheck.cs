namespace Bridge.Core;

/// <summary>What the contract would say of a certificate; the names are the contract's errors.</summary>
public enum CertificateVerdict
{
    Ok,
    WrongEpoch,
    SignatureLengthWrong,
    TooFewSignatures,
    TooManySignatures,
    SignerOutsideSet,
    SignerCountWrong,
    HighS,
    SignatureInvalid,
    NotAMember,
    SignerNotMarked,
    SignerRepeated,
    SignaturesUnsorted,
}

/// <summary>
/// The contract's verification in C#, in the contract's order: an auditor recomputes it from calldata, an executor before it pays for gas.
/// </summary>
public static class CertificateCheck
{
    public static CertificateVerdict Judge(Certificate certificate, Checkpoint checkpoint, Eip712Domain destination, ValidatorSet set)
    {
        if (certificate.Epoch != set.Epoch) return CertificateVerdict.WrongEpoch;
        var given = Math.DivRem(certificate.Signatures.Length, CompactSignature.Length, out var rest);
        if (rest != 0) return CertificateVerdict.SignatureLengthWrong;
        if (given < set.Threshold) return CertificateVerdict.TooFewSignatures;
        if (given > set.Threshold) return CertificateVerdict.TooManySignatures;
        if (!(certificate.Signers >> set.Members.Count).IsZero) return CertificateVerdict.SignerOutsideSet;
        var marked = Enumerable.Range(0, set.Members.Count).Where(i => IsMarked(certificate, i)).ToList();
        if (marked.Count != set.Threshold) return CertificateVerdict.SignerCountWrong;

        var digest = checkpoint.Digest(destination, certificate.Epoch);
        for (var i = 0; i < marked.Count; i++)
        {
            var signature = new CompactSignature(certificate.Signatures.AsSpan(i * CompactSignature.Length, CompactSignature.Length));
            if (signature.HasHighS) return CertificateVerdict.HighS;
            if (!signature.TryRecover(digest, out var signer)) return CertificateVerdict.SignatureInvalid;
            if (signer != set.Members[marked[i]]) return Refusal(certificate, set, marked[i], signer);
        }
        return CertificateVerdict.Ok;
    }

    /// <summary>What is wrong with a signature that is not by the member at <paramref name="position"/>.</summary>
    private static CertificateVerdict Refusal(Certificate certificate, ValidatorSet set, int position, Address signer)
    {
        var actual = set.IndexOf(signer);
        if (actual < 0) return CertificateVerdict.NotAMember;
        if (!IsMarked(certificate, actual)) return CertificateVerdict.SignerNotMarked;
        return actual < position ? CertificateVerdict.SignerRepeated : CertificateVerdict.SignaturesUnsorted;
    }

    private static bool IsMarked(Certificate certificate, int position) => !((certificate.Signers >> position) & 1).IsZero;
}
