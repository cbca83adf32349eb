using System.Text.Json.Nodes;
using Bridge.Core;

namespace Bridge.Evm.Tests;

/// <summary>Contracts that answer as the predeploys do, at the predeploys' addresses on a real node.</summary>
[Collection("anvil")]
public sealed class FeeModelTests(Anvil anvil)
{
    private const ulong GasLimit = 1_000_000;

    private static readonly GasFees Fees = new(10, 1);
    private static readonly byte[] Data = new byte[500];

    [Fact]
    public async Task Where_gas_is_all_there_is_the_limit_at_the_highest_fee_is_the_cost() =>
        (await CostAsync("eip1559")).ShouldBe(new DeliveryCost(10_000_000, 0));

    [Fact]
    public async Task On_the_op_stack_the_fee_for_the_data_comes_on_top_by_the_newer_question_or_the_older()
    {
        await PlaceOracleAsync(Selector("getL1FeeUpperBound(uint256)"));
        var newer = await CostAsync("op-stack");
        await PlaceOracleAsync("ffffffff");
        var older = await CostAsync("op-stack");

        newer.Execution.ShouldBe((UInt128)10_000_000);
        // 1000 wei a byte of the unsigned transaction, and a quarter more.
        newer.Data.ShouldBeInRange((UInt128)1250 * 500, (UInt128)1250 * 600);
        older.ShouldBe(newer);
    }

    [Fact]
    public async Task An_op_stack_chain_without_its_oracle_is_said_not_to_be_one()
    {
        await anvil.AdminAsync("anvil_setCode", "0x420000000000000000000000000000000000000F", "0x");
        (await Should.ThrowAsync<AbiException>(() => CostAsync("op-stack"))).Message.ShouldContain("is there a contract at that address");
    }

    [Fact]
    public async Task On_arbitrum_the_share_of_the_data_is_inside_the_gas()
    {
        // gasEstimateL1Component: 16 gas for each byte of the data. PUSH0 CALLDATALOAD PUSH1 e0 SHR PUSH4 selector EQ PUSH1 11 JUMPI, revert,
        // JUMPDEST PUSH1 64 CALLDATALOAD PUSH1 10 MUL PUSH0 MSTORE, then 1 in the two other words, RETURN.
        await anvil.AdminAsync("anvil_setCode", "0x00000000000000000000000000000000000000C8",
            $"0x5f3560e01c63{Selector("gasEstimateL1Component(address,bool,bytes)")}146011575f5ffd5b6064356010025f5260016020526001604052" + "60605ff3");

        (await CostAsync("arbitrum")).ShouldBe(new DeliveryCost((GasLimit - 8000) * 10, 80_000));
    }

    [Fact]
    public async Task On_zk_rollups_the_published_bytes_cost_more_gas()
    {
        JsonObject? asked = null;
        var node = new Middleman
        {
            Rewrite = call => asked = (string)call["method"]! == "zks_estimateFee" ? call.DeepClone().AsObject() : asked,
            Alter = (method, reply) => method == "zks_estimateFee"
                ? new JsonObject
                {
                    ["jsonrpc"] = "2.0", ["id"] = (long)reply["id"]!,
                    ["result"] = new JsonObject { ["gas_limit"] = "0x10c8e0", ["gas_per_pubdata_limit"] = "0xc350", ["max_fee_per_gas"] = "0x5", ["max_priority_fee_per_gas"] = "0x0" },
                }
                : reply,
        };

        (await CostAsync("zk", node)).ShouldBe(new DeliveryCost(10_000_000, 1_000_000));
        ((string)asked!["params"]![0]!["to"]!).ShouldBe(Anvil.Echo.ToString());
        ((string)asked["params"]![0]!["data"]!).ShouldBe(Hex.Format(Data));
    }

    [Fact]
    public async Task A_node_that_does_not_know_the_zk_estimate_is_said_not_to() =>
        (await Should.ThrowAsync<RpcException>(() => CostAsync("zk"))).Kind.ShouldBe(RpcErrorKind.MethodNotFound);

    [Fact]
    public async Task The_nonces_of_an_account_are_known_at_every_block()
    {
        var chain = anvil.Client(2, new Middleman(), new Middleman());
        using var rich = LocalSigner.FromPrivateKey(Anvil.RichKey);
        var (height, before) = (await anvil.HeightAsync(), await chain.NonceAsync(rich.Address, pending: false, default));
        await anvil.LogAsync(Anvil.Logger, [1]);

        (await chain.NonceAtAsync(rich.Address, height, default)).ShouldBe(before);
        (await chain.NonceAtAsync(rich.Address, height + 1, default)).ShouldBe(before + 1);
    }

    private Task<DeliveryCost> CostAsync(string model, Middleman? node = null) =>
        FeeModels.Find(model)!.CostAsync(anvil.Client(1, node ?? new Middleman()), Anvil.Logger, Anvil.Echo, Data, GasLimit, Fees, default);

    /// <summary>
    /// 1000 wei for each byte: of the number given to the first function, or of the bytes given to getL1Fee. PUSH0 CALLDATALOAD PUSH1 e0 SHR, two
    /// comparisons with a jump each, revert; JUMPDEST, CALLDATALOAD at 4 or 24, PUSH2 3e8 MUL, RETURN.
    /// </summary>
    private Task PlaceOracleAsync(string first) => anvil.AdminAsync("anvil_setCode", "0x420000000000000000000000000000000000000F",
        $"0x5f3560e01c8063{first}14601b5763{Selector("getL1Fee(bytes)")}146029575f5ffd5b6004356103e8025f5260205ff35b6024356103e8025f5260205ff3");

    private static string Selector(string signature) => Hex.Format(new AbiFunction(signature).Selector)[2..];
}
