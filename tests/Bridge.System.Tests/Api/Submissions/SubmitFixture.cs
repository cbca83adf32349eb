using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Store;
using Bridge.SystemTests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Bridge.SystemTests.Api.Submissions;

/// <summary>
/// Two chains, a relayer that reads them, a submitter and the API with its own login. The home token takes ERC-2612 permits and ERC-3009
/// authorizations, and Permit2 stands at its usual address. Nobody attests: what is delivered, the test delivers.
/// </summary>
public sealed partial class SubmitFixture : IAsyncLifetime
{
    public const string Permit2 = "0x000000000022D473030F116dDEE9F6B43aC78BA3";

    private readonly List<IAsyncDisposable> _owned = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("bridge-submit-").FullName;
    private readonly string _login = $"submit_{Guid.NewGuid():N}";
    private ServiceProvider? _store;
    private int _people;

    internal Anvil Home { get; private set; } = null!;
    internal Anvil Far { get; private set; } = null!;
    internal Deployment Contracts { get; private set; } = null!;
    internal Database Database { get; private set; } = null!;
    internal ApiProcess Api { get; private set; } = null!;
    internal Node Submitter { get; private set; } = null!;
    internal Node Relayer { get; private set; } = null!;

    public IReadOnlyList<LocalSigner> Validators { get; } = [.. Enumerable.Range(1, 4).Select(n => Signer($"validator {n}")).OrderBy(signer => signer.Address)];

    public Address SubmitterAccount { get; } = Signer("submitter").Address;

    internal Asking Anybody => new(Api.Url);

    public T Get<T>() where T : notnull => _store!.GetRequiredService<T>();

    public async Task InitializeAsync()
    {
        Home = Own(await Anvil.StartAsync("home", 918011));
        Far = Own(await Anvil.StartAsync("far", 918012));
        Contracts = await Deployment.RunAsync([Home, Far], Validators.Select(v => v.Address), threshold: 3, _folder, SubmitterAccount);
        await TeachTokenAsync();
        await Home.FundAsync(SubmitterAccount);
        await Far.FundAsync(SubmitterAccount);
        Database = Own(await Database.CreateAsync("submit"));
        _store = new ServiceCollection().AddBridgeStore(Database.ConnectionString).BuildServiceProvider();
        await Get<Migrator>().MigrateAsync(default);
        await Database.ExecuteHereAsync($"CREATE ROLE {_login} LOGIN PASSWORD '{_login}' IN ROLE bridge_api; CREATE ROLE {_login}_node LOGIN PASSWORD '{_login}' IN ROLE bridge_node");
        Api = await ApiProcess.StartAsync(LoginAs(_login), _folder);
        (Relayer, Submitter) = (NodeOf("relayer", "watch,relay"), NodeOf("submitter", "submit"));
        Relayer.Start();
        Submitter.Start();
    }

    /// <summary>SIGKILL, and the same configuration again: at another URL.</summary>
    public async Task RestartApiAsync()
    {
        await Api.DisposeAsync();
        Api = await ApiProcess.StartAsync(LoginAs(_login), _folder);
    }

    public async Task DisposeAsync()
    {
        if (Api is not null) await Api.DisposeAsync();
        foreach (var node in new[] { Relayer, Submitter }) if (node is not null) await node.KillAsync();
        if (_store is not null) await _store.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await Database.ExecuteHereAsync($"DROP OWNED BY {_login}, {_login}_node; DROP ROLE {_login}, {_login}_node");
        foreach (var owned in Enumerable.Reverse(_owned)) await owned.DisposeAsync();
        foreach (var validator in Validators) validator.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A verb of whoever runs the submitter.</summary>
    internal async Task<Said> BridgeAsync(params string[] arguments)
    {
        var (exit, output) = await ChildProcess.BridgeAsync(arguments, new Dictionary<string, string> { ["Bridge__Database"] = Database.ConnectionString }, _folder);
        return new Said(exit, output);
    }

    internal string Explain() => Relayer.Tail() + Submitter.Tail() + Api.Tail();

    /// <summary>Somebody with tokens on the home chain, and no coin.</summary>
    public async Task<LocalSigner> PersonAsync(UInt128 tokens)
    {
        var person = Signer(string.Create(CultureInfo.InvariantCulture, $"person {++_people}"));
        var minted = await Home.TransactAsync(await Home.AccountAsync(9), Contracts.Tokens[Home.Id], new AbiFunction("mint(address,uint256)").Encode(person.Address, (BigInteger)tokens));
        minted.Succeeded.ShouldBeTrue();
        return person;
    }

    public async Task ApproveAsync(LocalSigner person, Address spender)
    {
        await Home.FundAsync(person.Address);
        var client = Home.Client;
        var fees = GasFees.For((await client.HeadAsync(default)).BaseFee, await client.SuggestedPriorityFeeAsync(default));
        var data = TokenContract.EncodeApprove(spender, (BigInteger)UInt128.MaxValue);
        var (raw, hash) = await new Eip1559Transaction(Home.Id, await client.NonceAsync(person.Address, true, default), fees, 100_000, Contracts.Tokens[Home.Id], 0, data).SignAsync(person, default);
        await client.BroadcastAsync(raw, default);
        (await Eventually.NotNullAsync("the approval", () => client.ReceiptAsync(hash, default))).Succeeded.ShouldBeTrue();
        await Home.Rpc.CallAsync("anvil_setBalance", [person.Address.ToString(), "0x0"], default);
    }

    public Task<BigInteger> BalanceAsync(Address account) => new TokenContract(Home.Client, Contracts.Tokens[Home.Id]).BalanceOfAsync(account, default);

    /// <summary>A quote of a transfer that a submitter sends, as soon as one is offered, with everything looked up.</summary>
    public async Task<JsonElement> QuoteAsync(Address from, Address recipient, string amount, string permit, int ttl = 300)
    {
        Answer? answer = null;
        await Eventually.TrueAsync("a quote", async () =>
        {
            answer = await Anybody.PostAsync("/v1/quotes", new
            {
                source = new { chain = $"eip155:{Home.Id}", asset = "1", from = from.ToString() }, destination = new { chain = $"eip155:{Far.Id}", recipient = recipient.ToString() },
                amount, gasPayer = "token", permit, ttlSeconds = ttl,
            });
            return answer.Status is System.Net.HttpStatusCode.OK && !answer.Text.Contains("NOT_CHECKED", StringComparison.Ordinal);
        }, () => answer?.Text + Explain());
        return answer!.Json;
    }

    public static JsonElement Route(JsonElement quote) => quote.GetProperty("routes").EnumerateArray().First(route => route.GetProperty("routeId").GetString() == "direct");

    public static JsonElement ToSign(JsonElement route) => route.GetProperty("steps").EnumerateArray().Single(step => step.GetProperty("kind").GetString() == "typedData").GetProperty("typedData");

    /// <summary>r, s and v, as wallets give it.</summary>
    public static string Sign(LocalSigner person, JsonElement typedData)
    {
        var bytes = person.Sign(Eip712.Digest(typedData)).ToArray();
        var v = (byte)(27 + (bytes[32] >> 7));
        bytes[32] &= 0x7f;
        return Hex.Format([.. bytes, v]);
    }

    public static object Submission(JsonElement quote, string signature) => new { quoteId = quote.GetProperty("quoteId").GetString(), routeId = "direct", signature };

    /// <summary>Waits until the intent has one of the states.</summary>
    public async Task<JsonElement> FollowAsync(string intentId, params string[] states)
    {
        JsonElement intent = default;
        await Eventually.TrueAsync($"{intentId} to be {string.Join(" or ", states)}", async () =>
        {
            intent = (await Anybody.GetAsync($"/v1/intents/{intentId}")).Json;
            return states.Contains(intent.GetProperty("status").GetString());
        }, () => intent + Explain());
        return intent;
    }

    internal static LocalSigner Signer(string name) => LocalSigner.FromPrivateKey(Keccak256.Hash(Encoding.ASCII.GetBytes(name + " of the submission tests")).ToArray());

    /// <param name="fees">Of the section Submitter; none are set without it.</param>
    /// <param name="sponsor">The section Sponsor, without its key.</param>
    internal Node NodeOf(string name, string roles, object? fees = null, object? sponsor = null)
    {
        var (keystore, sponsorKey, password) = (KeystoreOf("submitter"), KeystoreOf("sponsor"), Path.Combine(_folder, "password"));
        File.WriteAllText(password, "only for tests");
        var config = Node.WriteConfig(_folder, name, new
        {
            Environment = "local",
            Chains = new[] { Home, Far }.ToDictionary(chain => chain.Name, chain => new
            {
                ChainId = chain.Id.Value, Bridge = Contracts.Bridge.ToString(), Intents = Contracts.Intents.ToString(), StartBlock = Contracts.StartBlocks[chain.Id],
                Endpoints = new[] { chain.Url.ToString() }, PollMilliseconds = 200,
            }),
            Submitter = new { Keystore = keystore, PasswordFile = password, ResubmitSeconds = 3, LeaseSeconds = 5, Fees = fees ?? new { } },
            Sponsor = sponsor ?? new { },
            Oracle = new { IntervalSeconds = 1, Prices = new Dictionary<string, object> { ["1"] = new { home = "2500000000", far = "2500000000" } } },
        });
        return Own(new Node(name, config, roles, new Dictionary<string, string> { ["Bridge__Database"] = LoginAs(_login + "_node"), ["Bridge__Sponsor__Keystore"] = sponsorKey, ["Bridge__Sponsor__PasswordFile"] = password }, _folder));
    }

    private string KeystoreOf(string name)
    {
        var keystore = Path.Combine(_folder, $"{name}.keystore");
        if (!File.Exists(keystore)) Keystore.Create(keystore, "only for tests", Keccak256.Hash(Encoding.ASCII.GetBytes($"{name} of the submission tests")).ToArray(), scryptN: 2);
        return keystore;
    }

    /// <summary>With no more than what the process may do.</summary>
    private string LoginAs(string name) => new NpgsqlConnectionStringBuilder(Database.ConnectionString) { Username = name, Password = _login }.ConnectionString;

    /// <summary>Gives the home token the code of one that knows ERC-3009 as well, and puts Permit2 where it always stands.</summary>
    private async Task TeachTokenAsync()
    {
        using var artifact = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Machine.Contracts, "out", "AuthorizationToken.sol", "AuthorizationToken.json")));
        var deployed = artifact.RootElement.GetProperty("deployedBytecode");
        var code = Hex.Parse(deployed.GetProperty("object").GetString()!);
        foreach (var place in deployed.GetProperty("immutableReferences").EnumerateObject().SelectMany(reference => reference.Value.EnumerateArray()))
            code[place.GetProperty("start").GetInt32() + 31] = 6; // the decimals
        await Home.Rpc.CallAsync("anvil_setCode", [Contracts.Tokens[Home.Id].ToString(), Hex.Format(code)], default);
        var script = await File.ReadAllTextAsync(Path.Combine(Machine.Contracts, "node_modules", "@uniswap", "v4-periphery", "lib", "permit2", "test", "utils", "DeployPermit2.sol"));
        await Home.Rpc.CallAsync("anvil_setCode", [Permit2, "0x" + Permit2Code().Match(script).Groups[1].Value], default);
    }

    private T Own<T>(T owned) where T : IAsyncDisposable
    {
        _owned.Add(owned);
        return owned;
    }

    [GeneratedRegex("hex\"([0-9a-f]+)\"")]
    private static partial Regex Permit2Code();
}

[CollectionDefinition(Name)]
public sealed class SubmitWorld : ICollectionFixture<SubmitFixture>
{
    public const string Name = "submit world";
}
