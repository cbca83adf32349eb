using System.CommandLine;
using System.Globalization;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;

namespace Bridge.Relayer.Cli;

/// <summary>Approves if needed, sends, and prints the transfer's id.</summary>
internal static class SendCommand
{
    public static Command Create()
    {
        var config = Common.Config();
        var from = new Option<string>("--from") { Required = true, Description = "Source chain: its name in the configuration, or its id." };
        var to = new Option<string>("--to") { Required = true, Description = "Destination chain." };
        var asset = new Option<uint>("--asset") { Required = true, Description = "Asset id." };
        var amount = new Option<string>("--amount") { Required = true, Description = "In whole tokens, fee included; the decimals are the token's." };
        var fee = new Option<string>("--fee") { Required = true, Description = "In whole tokens; goes to whoever delivers." };
        var recipient = new Option<string?>("--recipient") { Description = "Default: the sender." };
        var keystore = new Option<string>("--keystore") { Required = true, Description = "Keystore file of the sender." };
        var password = new Option<string>("--password-file") { Required = true, Description = "File with the keystore's password." };
        return new Command("send", "Sends tokens through a lane, and prints the transfer's id.") { config, from, to, asset, amount, fee, recipient, keystore, password }
            .Does(async (parsed, ct) =>
            {
                var options = ConfigurationLoader.LoadChains(ConfigurationLoader.Read(parsed.GetValue(config)));
                using var http = RpcHttp.CreateClient();
                var chains = new ChainSet(options, http);
                using var signer = Keystore.Open(parsed.GetValue(keystore)!, Common.Password(parsed.GetValue(password)!));
                var order = await OrderAsync(
                    Common.Chain(chains, parsed.GetValue(from)!), Common.Chain(chains, parsed.GetValue(to)!), new AssetId(parsed.GetValue(asset)),
                    parsed.GetValue(amount)!, parsed.GetValue(fee)!, parsed.GetValue(recipient) is { } account ? Account(account) : signer.Address, ct);
                Console.WriteLine(await new Sender(signer, order).SendAsync(Console.Error.WriteLine, ct));
                return 0;
            });
    }

    private static async Task<SendOrder> OrderAsync(
        ChainLink source, ChainLink destination, AssetId asset, string amount, string fee, Address recipient, CancellationToken ct)
    {
        await source.Client.ConnectAsync(ct);
        if (source.Id == destination.Id) throw new UserException("--to: source and destination are the same chain.");
        var listed = await source.Bridge.AssetAsync(asset, null, ct)
            ?? throw new UserException($"--asset: the Bridge on {source.Name} does not list asset {asset}.");
        if (listed.Mode == "native") throw new UserException($"--asset: asset {asset} is the own coin of {source.Name}, which this command does not send.");
        var token = new TokenContract(source.Client, listed.Token);
        var decimals = await token.DecimalsAsync(ct);
        var order = new SendOrder(source, destination, asset, listed.Token, recipient, Units("--amount", amount, decimals), Units("--fee", fee, decimals));
        if (order.Amount == 0) throw new UserException("--amount: more than zero.");
        return order.Fee > order.Amount ? throw new UserException("--fee: at most the amount.") : order;
    }

    private static Address Account(string text) =>
        Address.TryParse(text, out var address) && !address.IsZero ? address : throw new UserException($"--recipient: '{text}' is not an account's address.");

    /// <summary>Whole tokens to base units, exactly: more decimals than the token has are refused, not rounded.</summary>
    internal static UInt128 Units(string option, string text, int decimals)
    {
        var parts = text.Split('.');
        var fraction = parts.Length == 2 ? parts[1] : "";
        if (parts.Length > 2 || fraction.Length > decimals || !(parts[0] + fraction).All(char.IsAsciiDigit)
            || !UInt128.TryParse(parts[0] + fraction.PadRight(decimals, '0'), NumberStyles.None, CultureInfo.InvariantCulture, out var units))
            throw new UserException($"{option}: '{text}' is not an amount with at most {decimals} decimals that fits into 128 bits of base units.");
        return units;
    }
}
