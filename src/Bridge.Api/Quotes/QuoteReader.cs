using System.Globalization;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Quotes;

/// <summary>Reads a request strictly: every field that cannot be used is named, and nothing is guessed.</summary>
internal sealed class QuoteReader(IReadOnlyList<AssetRow> assets)
{
    private const int MaxPayload = 32_768;
    private const uint MaxGas = 5_000_000;

    public Dictionary<string, string[]> Errors { get; } = [];

    /// <summary>Null with the errors, or with none if the asset is not served.</summary>
    public QuoteRequest? Read(QuoteRequestBody? body)
    {
        var (source, destination) = (Chain("source.chain", body?.Source?.Chain), Chain("destination.chain", body?.Destination?.Chain));
        if (source is { } s && source == destination) Errors["destination.chain"] = [$"{s} is the source; a transfer goes to another chain."];
        var from = Account("source.from", body?.Source?.From);
        var recipient = Account("destination.recipient", body?.Destination?.Recipient) ?? from;
        var amount = Amount(body?.Amount);
        var exactOutput = Choice("amountType", body?.AmountType, "exactInput", "exactOutput") == 1;
        var preference = (Preference)Choice("preference", body?.Preference, "cheapest", "fastest", "safest");
        var payer = (GasPayer)Choice("gasPayer", body?.GasPayer, "user", "token");
        var permit = (PermitKind)Choice("permit", body?.Permit, "auto", "erc2612", "erc3009", "permit2", "none");
        var call = Call(body?.Call);
        if (call is not null && payer is GasPayer.Token) Errors["call"] = ["A call cannot be sent by signature; use gasPayer user."];
        if (call is not null && recipient is null) Errors["destination.recipient"] = ["A call needs the contract that is called."];
        if (payer is GasPayer.Token && from is null) Errors["source.from"] = ["Who signs must be known."];
        if (payer is GasPayer.Token && permit is PermitKind.Erc2612) Errors["permit"] = ["Only the sender's own transaction takes an ERC-2612 permit; use erc3009, permit2 or none."];
        if (payer is GasPayer.User && (permit is PermitKind.Erc3009 or PermitKind.Permit2)) Errors["permit"] = ["That is for gasPayer token."];
        var ttl = body?.TtlSeconds ?? 300;
        if (ttl is < 30 or > 3600) Errors["ttlSeconds"] = ["30 to 3600."];
        if (string.IsNullOrEmpty(body?.Source?.Asset)) Errors["source.asset"] = ["Missing. Give the asset's id, its token's address, or CAIP-19."];
        if (Errors.Count > 0) return null;

        if (Asset(source!.Value, body!.Source!.Asset!) is not { } asset) return null;
        if (body.Destination!.Asset is { Length: > 0 } other && Asset(destination!.Value, other) != asset)
        {
            Errors["destination.asset"] = [$"It is not asset {asset} of {Format.Caip2(source.Value)}: the Bridge carries an asset to its own form."];
            return null;
        }
        return new QuoteRequest(new Lane(source.Value, destination!.Value), asset, from, recipient, amount, exactOutput, preference, payer, permit, call, TimeSpan.FromSeconds(ttl));
    }

    /// <summary>Null where no such asset is registered.</summary>
    private AssetId? Asset(ChainId chain, string text)
    {
        var here = assets.Where(row => row.Chain == chain).ToList();
        if (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return here.FirstOrDefault(row => row.Asset.Value == id)?.Asset;
        var prefix = Format.Caip2(chain) + "/";
        if (text.StartsWith("eip155:", StringComparison.Ordinal) && !text.StartsWith(prefix, StringComparison.Ordinal)) return null;
        var name = text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text;
        if (name == "slip44:60") return here.FirstOrDefault(row => row.Mode == "native")?.Asset;
        if (name.StartsWith("erc20:", StringComparison.Ordinal)) name = name["erc20:".Length..];
        return Address.TryParse(name, out var token) ? here.FirstOrDefault(row => row.Token == token)?.Asset : null;
    }

    private ChainId? Chain(string field, string? text)
    {
        if (text is { Length: > 0 } && Directory.ChainName.TryRead(text) is { } chain) return chain;
        Errors[field] = ["Expected a chain id such as eip155:8453 or 8453."];
        return null;
    }

    private Address? Account(string field, string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (Address.TryParse(text, out var account) && !account.IsZero) return account;
        Errors[field] = ["Expected 0x and 40 hex digits, not zero, with a right checksum if the case is mixed."];
        return null;
    }

    private UInt128 Amount(string? text)
    {
        if (text is not null && Amounts.TryRead(text) is { } amount && amount > 0) return amount;
        Errors["amount"] = ["Expected base units as a decimal string, from 1 to 2^128 - 1, without sign, point, exponent or leading zero."];
        return 0;
    }

    private CallData? Call(QuoteCallBody? call)
    {
        if (call is null) return null;
        if (!Hex.TryParse(call.Data, out var data) || data.Length > MaxPayload) Errors["call.data"] = [$"Expected 0x and at most {MaxPayload} bytes of hex."];
        if (!uint.TryParse(call.GasLimit, NumberStyles.None, CultureInfo.InvariantCulture, out var gas) || gas > MaxGas) Errors["call.gasLimit"] = [$"Expected a decimal string up to {MaxGas}."];
        return new CallData(gas, data ?? []);
    }

    private int Choice(string field, string? text, params string[] choices)
    {
        if (string.IsNullOrEmpty(text)) return 0;
        var chosen = Array.IndexOf(choices, text);
        if (chosen < 0) Errors[field] = [$"Expected one of {string.Join(", ", choices)}."];
        return Math.Max(0, chosen);
    }
}
