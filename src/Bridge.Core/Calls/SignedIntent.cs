namespace Bridge.Core;

/// <summary>How the Intents contract takes an owner's tokens.</summary>
public enum SubmitMethod
{
    /// <summary>By an allowance and a signature over the intent: <c>sendFor</c>.</summary>
    Allowance,

    /// <summary>By ERC-3009: <c>sendWithAuthorization</c>.</summary>
    Authorization,

    /// <summary>By Permit2: <c>sendWithPermit2</c>.</summary>
    Permit2,
}

/// <summary>An intent as it was put before its owner.</summary>
/// <param name="Source">The chain it is submitted on.</param>
/// <param name="Contract">The Intents contract there.</param>
public sealed record SignedIntent(ChainId Source, Address Contract, SubmitMethod Method, TransferIntent Intent);
