using System.Globalization;
using Bridge.Core;
using Bridge.Evm;

namespace Bridge.SystemTests.Harness;

internal sealed record Wallet(Address Account, string Keystore, string PasswordFile, string Config);

/// <summary>What a person at a terminal has.</summary>
internal sealed partial class World
{
    private int _wallets;

    /// <summary>A new account with gas on the home chain and test tokens.</summary>
    public async Task<Wallet> WalletAsync(UInt128 tokens)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"person-{++_wallets}");
        var key = Key(name, _wallets);
        var account = AddressOf(key);
        await Home.FundAsync(account);
        var minter = await Home.AccountAsync(9);
        await Home.TransactAsync(minter, Contracts.Tokens[Home.Id], new AbiFunction("mint(address,uint256)").Encode(account, (System.Numerics.BigInteger)tokens));
        return new Wallet(account, KeystoreFile(name, key), Path.Combine(_folder, "password"), ConfigWith("plain", Home.Url, Far.Url));
    }

    /// <summary>A configuration of both chains behind the given endpoints.</summary>
    public string ConfigWith(string name, Uri home, Uri far)
    {
        var urls = new Dictionary<ChainId, Uri> { [Home.Id] = home, [Far.Id] = far };
        return Node.WriteConfig(_folder, name, new
        {
            Environment = "local",
            Chains = new[] { Home, Far }.ToDictionary(chain => chain.Name, chain => new
            {
                ChainId = chain.Id.Value, Bridge = Contracts.Bridge.ToString(), StartBlock = Contracts.StartBlocks[chain.Id],
                Endpoints = new[] { urls[chain.Id].ToString() }, PollMilliseconds = 200,
            }),
        });
    }

    public Task<(int ExitCode, string Output)> BridgeAsync(params string[] arguments) => BridgeOnAsync(RelayerDatabase, arguments);

    public Task<(int ExitCode, string Output)> BridgeOnAsync(Database database, params string[] arguments) =>
        ChildProcess.BridgeAsync(arguments, new Dictionary<string, string> { ["Bridge__Database"] = database.ConnectionString }, _folder);

    /// <summary>Without any database.</summary>
    public Task<(int ExitCode, string Output)> BridgeAloneAsync(params IReadOnlyList<string> arguments) => ChildProcess.BridgeAsync(arguments, new Dictionary<string, string>(), _folder);
}
