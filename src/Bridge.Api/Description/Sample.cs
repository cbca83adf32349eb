using Bridge.Api.Transfers;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Description;

/// <summary>One made-up transfer, shown by the code that shows real ones, so that an example cannot lag behind.</summary>
internal static class Sample
{
    private static readonly DateTimeOffset Sent = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly Address Alice = Address.Parse("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
    private static readonly Address Token = Address.Parse("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359");
    private static readonly Lane Lane = new(new ChainId(8453), new ChainId(10));

    public static TransferView Transfer { get; } = new(
        Hash("message"), Lane, new Sequence(42), Message.Transfer(new AssetId(1), Alice, Alice, 2_500_000, 10_000), TransferStatus.Finalized,
        new SourceView(new BlockRef(1_234_567, Hash("block")), Sent, Hash("transaction"), 7, 1_234_640, 1_234_600),
        new AttestationView([Alice, Token], 3, new Epoch(1), [], []), null, null, null, null, null,
        new AssetRow(Lane.Source, new AssetId(1), Token, "lock", "USDX", 6), new AssetRow(Lane.Destination, new AssetId(1), Token, "mint", "bUSDX", 6),
        Sent.AddSeconds(2), Sent.AddMinutes(2)) { LaneId = Hash("lane"), DestinationBridge = Alice };

    public static TransferScene Scene { get; } = new(Transfer, SampleDirectory.Snapshot, SampleDirectory.Times, Sent.AddMinutes(2));

    public static SignedCheckpointBody Signed { get; } = SignedCheckpointEndpoint.ToBody(
        Scene, new SignedCheckpoint(
            new Checkpoint(Hash("lane"), new Sequence(48), Hash("later")), new Epoch(1), null,
            [new SignatureView(Alice, new CompactSignature([.. Hash("r").ToArray(), .. Hash("s").ToArray()]), Sent.AddMinutes(1))]),
        new ValidatorSet(new Epoch(1), [Alice], 1), new Eip712Domain(Lane.Destination, Token), null, 0);

    public static TransitionView Transition { get; } = new(1042, Sent.AddSeconds(2), "SourceObserved", null, "Observed", "block 1234567");

    public static Hash32 Hash(string text) => Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(text));
}
