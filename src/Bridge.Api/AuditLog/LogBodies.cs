namespace Bridge.Api.AuditLog;

/// <param name="LeafIndex">From 0, in decimal.</param>
/// <param name="LeafHash">SHA-256 of 0x00 and the bytes of entry.</param>
/// <param name="Entry">Canonical JSON (RFC 8785), as a text: its bytes are what was hashed.</param>
public sealed record LogEntryBody(string LeafIndex, string LeafHash, string Entry);

/// <param name="Next">What to give as from for the page behind; absent on the last one.</param>
public sealed record LogEntryListBody(IReadOnlyList<LogEntryBody> Entries, string? Next);

/// <param name="Proof">Hashes from the leaf upward (RFC 6962): with them the leaf leads to the checkpoint's root.</param>
public sealed record ProvenLeafBody(string LeafIndex, string LeafHash, string Entry, IReadOnlyList<string> Proof);

/// <param name="Checkpoint">C2SP signed note: name, size and root of the log, and who signed it.</param>
/// <param name="Leaves">Every leaf that names the transfer, oldest first.</param>
public sealed record LogProofBody(string TransferId, string Checkpoint, IReadOnlyList<ProvenLeafBody> Leaves);

/// <param name="Note">The checkpoint with the witness's line alone, as C2SP signed note.</param>
public sealed record CosignatureBody(string Note);

/// <param name="Witness">Who signed it.</param>
public sealed record CosignedBody(string Witness, string TreeSize);
