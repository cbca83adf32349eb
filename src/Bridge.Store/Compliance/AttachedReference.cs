using Bridge.Core;

namespace Bridge.Store;

/// <param name="Id">Grows with every one that is attached to the same transfer.</param>
/// <param name="KeyId">The API key with which it was attached.</param>
public sealed record AttachedReference(long Id, Hash32 MessageId, Guid KeyId, DateTimeOffset AttachedAt, ComplianceReference Reference);

public enum AttachVerdict { Attached, NoSuchTransfer, TooMany }
