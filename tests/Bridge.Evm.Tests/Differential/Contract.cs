using System.Text.Json;
using Bridge.Core;

namespace Bridge.Evm.Tests.Differential;

/// <summary>contracts/test/support/Differential.sol, on any chain id and at any address.</summary>
internal sealed class Contract(Anvil anvil)
{
    private static readonly AbiFunction Ask = new("ask(bytes[])", "((bool,bytes)[])");

    private readonly string _code = ReadCode();

    /// <summary>The answers in the order of the questions. One call at a time: the chain id is the whole node's.</summary>
    public async Task<IReadOnlyList<Answer>> AskAsync(Eip712Domain place, IEnumerable<byte[]> questions)
    {
        await anvil.AdminAsync("anvil_setChainId", place.Chain.Value);
        await anvil.AdminAsync("anvil_setCode", place.VerifyingContract.ToString(), _code);
        var calldata = Ask.Encode([questions.ToArray()]);
        var call = new { to = place.VerifyingContract.ToString(), data = Hex.Format(calldata), gas = "0xffffffffffff" };
        var result = Ask.DecodeResult(Hex.Parse((await anvil.AdminAsync("eth_call", call, "latest")).GetString()!));
        return [.. ((object[])result[0]).Cast<object[]>().Select(answer => new Answer((bool)answer[0], (byte[])answer[1]))];
    }

    private static string ReadCode()
    {
        var contracts = Environment.GetEnvironmentVariable("BRIDGE_CONTRACTS") ?? throw new InvalidOperationException("BRIDGE_CONTRACTS is not set: run through ops/with-services.");
        var path = Path.Combine(contracts, "out", "Differential.sol", "Differential.json");
        if (!File.Exists(path)) throw new InvalidOperationException($"{path} is missing: run forge build in contracts/.");
        using var artifact = JsonDocument.Parse(File.ReadAllText(path));
        return artifact.RootElement.GetProperty("deployedBytecode").GetProperty("object").GetString()!;
    }
}
