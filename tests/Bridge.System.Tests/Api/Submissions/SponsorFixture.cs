using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Bridge.Core;
using Bridge.Evm;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests.Api.Submissions;

/// <summary>An EntryPoint 0.8 with its sample accounts, a paymaster with a deposit, and the role that approves operations. A bundler is one of anvil's accounts.</summary>
public sealed class SponsorFixture(SubmitFixture world) : IAsyncLifetime
{
    public const string PaymasterVerificationGas = "0x186a0";

    private static readonly AbiFunction AddressOf = new("getAddress(address,uint256)", "(address)");
    private static readonly AbiFunction Create = new("createAccount(address,uint256)");
    private static readonly AbiFunction Batch = new("executeBatch((address,uint256,bytes)[])");
    private const string Packed = "(address,uint256,bytes,bytes,bytes32,uint256,bytes32,bytes,bytes)";
    private static readonly AbiFunction HashOf = new($"getUserOpHash({Packed})", "(bytes32)");
    private static readonly AbiFunction Handle = new($"handleOps({Packed}[],address)");
    private static readonly AbiFunction Deposit = new("depositTo(address)");

    private int _people;

    internal Node Sponsor { get; private set; } = null!;
    public Address EntryPoint { get; private set; }
    public Address Factory { get; private set; }
    public Address Paymaster { get; private set; }

    public SubmitFixture World => world;

    /// <summary>Gwei within 24 hours: room for ten operations of one account at 10 gwei, and for twenty of all.</summary>
    public const ulong AccountGwei = 120_000_000, TotalGwei = 240_000_000;

    public async Task InitializeAsync()
    {
        EntryPoint = await world.DeployAsync("EntryPoint", "EntryPoint");
        Factory = await world.DeployAsync("SimpleAccountFactory", "SimpleAccountFactory", new AbiWords().Add(EntryPoint));
        Paymaster = await world.DeployAsync("TransferPaymaster", "TransferPaymaster", new AbiWords().Add(EntryPoint).Add(SubmitFixture.Signer("sponsor").Address).Add(await world.Home.AccountAsync(8)));
        await SendAsync(EntryPoint, Deposit.Encode(Paymaster), BigInteger.Pow(10, 18));
        Sponsor = world.NodeOf("sponsor", "sponsor", sponsor: new
        {
            Paymasters = new Dictionary<string, string> { [world.Home.Name] = Paymaster.ToString() }, EntryPoints = new Dictionary<string, string> { [world.Home.Name] = EntryPoint.ToString() },
            AccountGwei, TotalGwei,
        });
        Sponsor.Start();
        await Eventually.TrueAsync("the sponsor to serve", async () => await world.Database.CountAsync("SELECT count(*) FROM paymaster") == 1, () => Sponsor.Tail());
        // A token is paid for once the watcher has listed it, which a busy machine may do later.
        await Eventually.TrueAsync("the assets to be listed", async () => await world.Database.CountAsync($"SELECT count(*) FROM asset WHERE chain_id = {world.Home.Id.Value}") > 0, () => Sponsor.Tail());
    }

    public Task DisposeAsync() => Sponsor.KillAsync();

    /// <summary>Approvals of other tests count no more.</summary>
    public Task ForgetAsync() => world.Database.ExecuteHereAsync("UPDATE sponsorship SET status = 'Released' WHERE status IN ('Approved', 'Spent')");

    /// <summary>The owner of an account that is not there yet, and has tokens but no coin.</summary>
    public async Task<SponsoredAccount> AccountAsync(UInt128 tokens)
    {
        var owner = SubmitFixture.Signer(string.Create(CultureInfo.InvariantCulture, $"owner {++_people} of an account"));
        var address = (Address)AddressOf.DecodeResult(await world.Home.Client.CallAsync(Factory, AddressOf.Encode(owner.Address, BigInteger.Zero), null, default))[0];
        (await world.Home.TransactAsync(await world.Home.AccountAsync(9), world.Contracts.Tokens[world.Home.Id], new AbiFunction("mint(address,uint256)").Encode(address, (BigInteger)tokens))).Succeeded.ShouldBeTrue();
        return new SponsoredAccount(owner, address);
    }

    public static byte[] Calls(params (Address To, BigInteger Value, byte[] Data)[] calls) => Batch.Encode((object)calls.Select(call => (object)new object[] { call.To, call.Value, call.Data }).ToArray());

    /// <summary>The Bridge may take the amount, and sends it.</summary>
    public byte[] Transfer(Address recipient, UInt128 amount, UInt128 fee) => Calls(
        (world.Contracts.Tokens[world.Home.Id], 0, TokenContract.EncodeApprove(world.Contracts.Bridge, (BigInteger)amount)),
        (world.Contracts.Bridge, 0, BridgeContract.EncodeSend(world.Far.Id, new AssetId(1), recipient, amount, fee)));

    /// <summary>An operation as wallets hand it in, without a paymaster.</summary>
    public Dictionary<string, string> Operation(SponsoredAccount account, byte[] callData, ulong nonce = 0, ulong gwei = 10) => new()
    {
        ["sender"] = account.Address.ToString(), ["nonce"] = $"0x{nonce:x}", ["factory"] = Factory.ToString(), ["factoryData"] = Hex.Format(Create.Encode(account.Owner.Address, BigInteger.Zero)),
        ["callData"] = Hex.Format(callData), ["callGasLimit"] = "0x61a80", ["verificationGasLimit"] = "0x927c0", ["preVerificationGas"] = "0xc350",
        ["maxFeePerGas"] = $"0x{gwei * 1_000_000_000:x}", ["maxPriorityFeePerGas"] = "0x3b9aca00", ["paymasterVerificationGasLimit"] = PaymasterVerificationGas, ["paymasterPostOpGasLimit"] = "0x0",
    };

    public async Task<JsonElement> AskAsync(string method, object operation, Address? entryPoint = null, ulong? chain = null)
    {
        var answer = await world.Anybody.SendAsync(HttpMethod.Post, "/v1/paymaster", JsonSerializer.Serialize(new
        {
            jsonrpc = "2.0", id = 7, method, @params = new object[] { operation, (entryPoint ?? EntryPoint).ToString(), $"0x{chain ?? world.Home.Id.Value:x}", new { } },
        }), []);
        answer.Status.ShouldBe(System.Net.HttpStatusCode.OK, answer.Text);
        answer.Json.GetProperty("id").GetInt32().ShouldBe(7);
        return answer.Json;
    }

    public async Task<JsonElement> ResultAsync(string method, object operation)
    {
        var answer = await AskAsync(method, operation);
        answer.TryGetProperty("result", out var result).ShouldBeTrue(answer.ToString());
        return result;
    }

    /// <summary>The paymaster's data for an operation, or the refusal.</summary>
    public async Task<(string? Data, string? Refusal)> ApproveAsync(Dictionary<string, string> operation)
    {
        var answer = await AskAsync("pm_getPaymasterData", operation);
        return answer.TryGetProperty("result", out var result) ? (result.GetProperty("paymasterData").GetString(), null) : (null, answer.GetProperty("error").GetProperty("message").GetString());
    }

    /// <summary>Signs for the account and bundles.</summary>
    public async Task<TransactionReceipt> SubmitAsync(SponsoredAccount account, Dictionary<string, string> operation, string paymasterData)
    {
        byte[] paymasterAndData = [.. Paymaster.ToArray(), .. Word(operation["paymasterVerificationGasLimit"])[16..], .. Word(operation["paymasterPostOpGasLimit"])[16..], .. Hex.Parse(paymasterData)];
        object[] packed =
        [
            account.Address, new BigInteger(Word(operation["nonce"]), true, true), (byte[])[.. Factory.ToArray(), .. Hex.Parse(operation["factoryData"])], Hex.Parse(operation["callData"]),
            Pair(operation["verificationGasLimit"], operation["callGasLimit"]), new BigInteger(Word(operation["preVerificationGas"]), true, true), Pair(operation["maxPriorityFeePerGas"], operation["maxFeePerGas"]),
            paymasterAndData, Array.Empty<byte>(),
        ];
        var hash = AbiValueHash(HashOf.DecodeResult(await world.Home.Client.CallAsync(EntryPoint, HashOf.Encode([packed]), null, default))[0]);
        var signature = account.Owner.Sign(hash).ToArray();
        var v = (byte)(27 + (signature[32] >> 7));
        signature[32] &= 0x7f;
        packed[8] = (byte[])[.. signature, v];
        var bundler = await world.Home.AccountAsync(7);
        return await world.Home.TransactAsync(bundler, EntryPoint, Handle.Encode(new object[] { packed }, bundler));
    }

    private static Hash32 AbiValueHash(object value) => value is Hash32 hash ? hash : new Hash32((byte[])value);

    private static byte[] Word(string quantity)
    {
        var digits = quantity[2..];
        return Hex.Parse("0x" + digits.PadLeft(64, '0'));
    }

    private static Hash32 Pair(string high, string low) => new([.. Word(high)[16..], .. Word(low)[16..]]);

    private async Task SendAsync(Address to, byte[] data, BigInteger value)
    {
        var sent = await world.Home.Rpc.CallAsync("eth_sendTransaction", [new { from = (await world.Home.AccountAsync(8)).ToString(), to = to.ToString(), data = Hex.Format(data), value = $"0x{value:x}" }], default);
        (await Eventually.NotNullAsync("the deposit", () => world.Home.Client.ReceiptAsync(Hash32.Parse(sent.GetString()!), default))).Succeeded.ShouldBeTrue();
    }
}

/// <summary>An account and the key that signs for it.</summary>
public sealed record SponsoredAccount(LocalSigner Owner, Address Address) : IDisposable
{
    public void Dispose() => Owner.Dispose();
}
