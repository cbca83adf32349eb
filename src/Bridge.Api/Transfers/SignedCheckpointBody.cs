namespace Bridge.Api.Transfers;

/// <summary>What was signed over a checkpoint that covers the transfer, and the call with which anybody finishes it.</summary>
/// <param name="Checkpoint">The sequence and rolling hash that were signed; they cover everything before, too.</param>
/// <param name="Digest">What each signature is over.</param>
/// <param name="Certificate">As the contract takes it; absent below the threshold.</param>
/// <param name="ExecuteCall">The next transaction to send; absent when there is nothing to send, or not yet: reason says which.</param>
/// <param name="CallsAfter">How many more such calls it takes after this one, because older messages come first.</param>
public sealed record SignedCheckpointBody(
    string TransferId, string Lane, string LaneId, CheckpointBody Checkpoint, string Digest, TypedCheckpointBody Eip712, string Epoch, int Threshold,
    IReadOnlyList<ValidatorSignatureBody> Signatures, CertificateBody? Certificate, CallBody? ExecuteCall, int CallsAfter, string? Reason);

public sealed record CheckpointBody(string Sequence, string RollingHash);

/// <summary>The typed data of EIP-712, for any wallet or library to check the digest by.</summary>
public sealed record TypedCheckpointBody(
    TypedDomainBody Domain, string PrimaryType, IReadOnlyDictionary<string, IReadOnlyList<TypedMemberBody>> Types, TypedMessageBody Message);

public sealed record TypedDomainBody(string Name, string Version, string ChainId, string VerifyingContract);

public sealed record TypedMemberBody(string Name, string Type);

public sealed record TypedMessageBody(string Epoch, string Lane, string Sequence, string RollingHash);

/// <param name="Index">The validator's bit in the certificate.</param>
/// <param name="Signature">64 bytes, EIP-2098.</param>
/// <param name="SignedAt">When this relayer got it.</param>
public sealed record ValidatorSignatureBody(string Validator, int Index, string Signature, string SignedAt);

/// <param name="Signers">Bit i stands for member i of the set, in ascending address order.</param>
/// <param name="Signatures">One behind the other, in the order of the bits.</param>
public sealed record CertificateBody(string Epoch, string Signers, string Signatures);
