using Bridge.Core;

namespace Bridge.Api.Quotes;

internal enum Preference { Cheapest, Fastest, Safest }

/// <summary>Who pays for the source's transaction.</summary>
internal enum GasPayer { User, Token }

internal enum PermitKind { Auto, Erc2612, Erc3009, Permit2, None }

/// <param name="From">Null: only the price is asked for.</param>
/// <param name="Amount">Base units: all that leaves the sender, or all that arrives.</param>
internal sealed record QuoteRequest(
    Lane Lane, AssetId Asset, Address? From, Address? Recipient, UInt128 Amount, bool ExactOutput, Preference Preference, GasPayer GasPayer,
    PermitKind Permit, CallData? Call, TimeSpan Ttl)
{
    /// <summary>To oneself is the shorter message, and the cheaper one.</summary>
    public bool Direct => From == Recipient;
}
