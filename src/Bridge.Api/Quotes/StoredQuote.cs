using System.Globalization;
using System.Text.Json;
using Bridge.Core;

namespace Bridge.Api.Quotes;

/// <summary>What is kept of a quote. Who signs gives no more than a signature back: nothing of the transfer can be changed on the way.</summary>
internal sealed record StoredQuote(QuoteBody Quote, IReadOnlyDictionary<string, StoredIntent> Intents)
{
    public static string Write(QuoteBody quote, IReadOnlyDictionary<string, SignedIntent> intents, JsonSerializerOptions json) =>
        JsonSerializer.Serialize(new StoredQuote(quote, intents.ToDictionary(pair => pair.Key, pair => StoredIntent.Of(pair.Value))), json);

    public static StoredQuote Read(string body, JsonSerializerOptions json) =>
        JsonSerializer.Deserialize<StoredQuote>(body, json) ?? throw new JsonException("a stored quote is empty");
}

internal sealed record StoredIntent(
    ulong Source, string Contract, SubmitMethod Method, string Owner, ulong Destination, uint Asset, string Recipient, string Amount, string Fee, string RelayerFee,
    ulong Deadline, string Nonce)
{
    public static StoredIntent Of(SignedIntent signed)
    {
        var intent = signed.Intent;
        return new StoredIntent(
            signed.Source.Value, signed.Contract.ToString(), signed.Method, intent.Owner.ToString(), intent.Destination.Value, intent.Asset.Value, intent.Recipient.ToString(),
            Text(intent.Amount), Text(intent.Fee), Text(intent.RelayerFee), intent.Deadline, Text(intent.Nonce));
    }

    public SignedIntent ToIntent() => new(
        new ChainId(Source), Address.Parse(Contract), Method,
        new TransferIntent(Address.Parse(Owner), new ChainId(Destination), new AssetId(Asset), Address.Parse(Recipient), Number(Amount), Number(Fee), Number(RelayerFee), Deadline, Number(Nonce)));

    private static string Text(UInt128 number) => number.ToString(CultureInfo.InvariantCulture);

    private static UInt128 Number(string text) => UInt128.Parse(text, CultureInfo.InvariantCulture);
}
