namespace Bridge.Api.Attestations;

/// <param name="Source">Source chain's id.</param>
/// <param name="Destination">Destination chain's id.</param>
public sealed record OfferedLaneBody(ulong Source, ulong Destination);

/// <summary>One validator's signature over a checkpoint. It proves itself, so anyone may hand it in.</summary>
/// <param name="LaneId">keccak-256 identity of the lane, 0x and 64 hex digits.</param>
/// <param name="Signature">64 bytes, EIP-2098, 0x and 128 hex digits.</param>
public sealed record OfferedAttestationBody(OfferedLaneBody Lane, string LaneId, ulong Sequence, string RollingHash, ulong Epoch, string Signature);

/// <param name="Id">Of the intake row; handing the same attestation in again gives the same one.</param>
public sealed record AcceptedBody(string Id, string Validator);
