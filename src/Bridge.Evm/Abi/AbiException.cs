namespace Bridge.Evm;

/// <summary>A value does not fit its ABI type, or bytes are not the canonical encoding of the types expected.</summary>
public sealed class AbiException(string message) : Exception(message);
