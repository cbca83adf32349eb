namespace Bridge.Core;

/// <summary>What the contract would say of a certificate; the names are the contract's errors.</summary>
public enum CertificateVerdict
{
    Ok,
    UnknownEpoch,
    SignerOutOfRange,
    WrongSignerCount,
    WrongSignaturesLength,
    HighS,
    InvalidSignature,
    NotTheMember,
}

/// <summary>The contract's verification in C#: an auditor recomputes it from calldata, an executor before it pays for gas.</summary>
public static class CertificateCheck
{
    public static CertificateVerdict Judge(Certificate certificate, Checkpoint checkpoint, Eip712Domain destination, ValidatorSet set)
    {
        if (certificate.Epoch != set.Epoch) return CertificateVerdict.UnknownEpoch;
        if (certificate.Signers >> set.Members.Count != 0) return CertificateVerdict.SignerOutOfRange;
        var members = set.Members.Where((_, index) => !((certificate.Signers >> index) & 1).IsZero).ToList();
        if (members.Count != set.Threshold) return CertificateVerdict.WrongSignerCount;
        if (certificate.Signatures.Length != set.Threshold * CompactSignature.Length) return CertificateVerdict.WrongSignaturesLength;

        var digest = checkpoint.Digest(destination, certificate.Epoch);
        for (var i = 0; i < members.Count; i++)
        {
            var signature = new CompactSignature(certificate.Signatures.AsSpan(i * CompactSignature.Length, CompactSignature.Length));
            if (signature.HasHighS) return CertificateVerdict.HighS;
            if (!signature.TryRecover(digest, out var signer)) return CertificateVerdict.InvalidSignature;
            if (signer != members[i]) return CertificateVerdict.NotTheMember;
        }
        return CertificateVerdict.Ok;
    }
}
