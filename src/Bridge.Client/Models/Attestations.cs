namespace Bridge.Client;

/// <summary>What was signed over a checkpoint that covers a transfer, and the call with which anybody finishes it.</summary>
/// <param name="Checkpoint">The sequence and rolling hash that were signed; they cover everything before, too.</param>
/// <param name="Digest">What each signature is over.</param>
/// <param name="Certificate">As the contract takes it; null below the threshold.</param>
/// <param name="ExecuteCall">The next transaction to send; null when there is nothing to send, or not yet: the reason says which.</param>
/// <param name="CallsAfter">How many more such calls it takes after this one, because older messages come first.</param>
public sealed record TransferAttestation(
    string TransferId, string Lane, string LaneId, Checkpoint Checkpoint, string Digest, TypedCheckpoint Eip712, ulong Epoch, int Threshold,
    IReadOnlyList<ValidatorSignature> Signatures, Certificate? Certificate, ContractCall? ExecuteCall, int CallsAfter, string? Reason);

public sealed record Checkpoint(ulong Sequence, string RollingHash);

/// <summary>The typed data of EIP-712, for any wallet or library to check the digest by.</summary>
public sealed record TypedCheckpoint(CheckpointDomain Domain, string PrimaryType, IReadOnlyDictionary<string, IReadOnlyList<TypedField>> Types, CheckpointMessage Message);

public sealed record CheckpointDomain(string Name, string Version, ulong ChainId, string VerifyingContract);

public sealed record CheckpointMessage(ulong Epoch, string Lane, ulong Sequence, string RollingHash);

/// <param name="Index">The validator's bit in the certificate.</param>
/// <param name="Signature">64 bytes, EIP-2098.</param>
/// <param name="SignedAt">When the relayer got it.</param>
public sealed record ValidatorSignature(string Validator, int Index, string Signature, DateTimeOffset SignedAt);

/// <param name="Signers">Bit i stands for member i of the set, in ascending address order; a decimal number.</param>
/// <param name="Signatures">One behind the other, in the order of the bits.</param>
public sealed record Certificate(ulong Epoch, string Signers, string Signatures);

/// <summary>One validator's signature over a checkpoint. It proves itself, so anyone may hand it in.</summary>
/// <param name="LaneId">keccak-256 identity of the lane, 0x and 64 hex digits.</param>
/// <param name="Signature">64 bytes, EIP-2098, 0x and 128 hex digits.</param>
public sealed record OfferedAttestation(OfferedLane Lane, string LaneId, ulong Sequence, string RollingHash, ulong Epoch, string Signature);

public sealed record OfferedLane(ulong Source, ulong Destination);

/// <param name="Id">Handing the same attestation in again gives the same one.</param>
public sealed record AcceptedAttestation(string Id, string Validator);
