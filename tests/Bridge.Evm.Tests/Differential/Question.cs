namespace Bridge.Evm.Tests.Differential;

/// <summary>One case.</summary>
/// <param name="Area">What is computed, and the verdict where there is one.</param>
/// <param name="Call">Calldata of one of the contract's functions.</param>
/// <param name="Ours">What the C# says.</param>
/// <param name="Theirs">The contract's answer in the words of <paramref name="Ours"/>.</param>
internal sealed record Question(string Area, byte[] Call, string Ours, Func<Answer, string> Theirs);

/// <param name="Data">What a function returned, or what it was refused with.</param>
internal sealed record Answer(bool Accepted, byte[] Data)
{
    /// <summary>The name of the error that the question was refused with.</summary>
    public string Error => BridgeErrors.TryName(Data) ?? $"unknown error {RevertReason.Describe(Data)}";

    /// <summary>An accepted answer as <paramref name="read"/> writes what was returned, or the error's name.</summary>
    public string Read(AbiFunction function, Func<object[], string> read) => Accepted ? read(function.DecodeResult(Data)) : Error;
}
