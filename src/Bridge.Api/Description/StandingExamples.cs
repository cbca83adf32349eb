using Bridge.Api.Rewards;
using Bridge.Api.Search;
using Bridge.Api.Standing;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Description;

internal static class StandingExamples
{
    private static readonly Lane Lane = Sample.Transfer.Lane;
    private static readonly Address Executor = Address.Parse("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");

    public static readonly IReadOnlyDictionary<string, object> Answers = new Dictionary<string, object>
    {
        ["ListValidators"] = new ValidatorListBody([StandingReader.ToBody(
            SampleDirectory.Snapshot.Sets[0], 480, [new ValidatorRecord(Lane.Destination, SampleDirectory.Snapshot.Sets[0].Members[0], 478, SampleDirectory.Now, 0.8)], [])]),
        ["GetStats"] = StandingReader.ToBody(
            [new LaneCount(Lane, 1_204_337, 1_204_310)], [new LaneVolume(Lane, new AssetId(1), 8_412, 61_204_000_000, 8_371, 2)], SampleDirectory.Snapshot,
            new Dictionary<Lane, ArrivalTimes> { [Lane] = SampleDirectory.Times }, SampleDirectory.Now),
        ["GetStatus"] = StandingReader.ToStatus(SampleDirectory.Snapshot, SampleDirectory.Now, 60),
        ["ListRewards"] = RewardsEndpoint.ToBody(
            [new RewardDay(Lane, new DateOnly(2026, 1, 2), Executor, 24, 1_904, 31_000_000_000_000_000, 11_000_000_000_000_000, 0, [new FeeSum(new AssetId(1), 19_040_000)])], SampleDirectory.Snapshot, SampleDirectory.Now),
        ["Search"] = new SearchBody(Sample.Transfer.MessageId.ToString(), "hash",
            [new MatchBody("transfer", Sample.Transfer.MessageId.ToString(), "eip155:8453", $"/v1/transfers/{Sample.Transfer.MessageId}", "Message 42 of lane 8453->10.")]),
    };
}
