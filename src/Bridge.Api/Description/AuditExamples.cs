using System.Text.Json;
using Bridge.Api.Audit;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Description;

internal static class AuditExamples
{
    private const string Home = "eip155:8453", Far = "eip155:10", TakenAt = "2026-01-02T03:04:05.000000Z", Token = "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359";

    private static readonly ReconciledAssetBody Asset = new("1", Home, Token, false, "40000000000", "40000000000", [new MintedSupplyBody(Far, Token, "39997500000")], "2499000", "0", "1000", "0");

    private static readonly IReadOnlyList<ProvenChainBody> Chains = [Chain(Home, Shown("""{"number":"0x12d688","stateRoot":"0x00"}""")), Chain(Far, null)];

    public static readonly IReadOnlyDictionary<string, object> Answers = new Dictionary<string, object>
    {
        ["GetLedger"] = LedgerMapper.ToBody(
            [new LedgerAccountRow
            {
                ChainId = Sample.Transfer.Lane.Destination, AssetId = new AssetId(1), IsHome = false, Height = 1_234_600, BlockHash = Sample.Hash("block"),
                Arrived = 61_204_000_000, Sent = 21_204_000_000, Held = 40_000_000_000, Unexplained = 0, Accepted = 0, CheckedAt = SampleDirectory.Now,
            }], []),
        ["GetReconciliation"] = new ReconciliationBody(
            "17", TakenAt, [.. Chains.Select(chain => new ReconciledChainBody(chain.Chain, chain.Bridge, chain.Block, chain.BlockHash, chain.BlockTime))], [Asset], "bridge audit reconcile"),
        ["GetReserves"] = new ReservesBody(
            TakenAt, Chains, [Asset],
            [
                new ReserveProofBody("escrow", "1", Home, null, Shown("""{"address":"0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed","accountProof":["0xf90211"],"storageProof":[{"key":"0x1","value":"0x2540be400","proof":["0xf90211"]}]}"""), null),
                new ReserveProofBody("supply", "1", Far, null, null, "serves no proof: method not found"),
            ],
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0x" + new string('1', 128)),
    };

    private static ProvenChainBody Chain(string chain, JsonElement? header) =>
        new(chain, "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "1234600", Sample.Hash("block").ToString(), "2026-01-02T03:02:43.000000Z", header);

    private static JsonElement Shown(string json) => JsonDocument.Parse(json).RootElement;
}
