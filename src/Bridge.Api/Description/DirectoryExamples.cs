using Bridge.Api.Directory;

namespace Bridge.Api.Description;

internal static class DirectoryExamples
{
    private const int StaleSeconds = 60;

    private static readonly ChainBody Chain = ChainMapper.ToBody(SampleDirectory.Snapshot.Chains[0], SampleDirectory.Snapshot, SampleDirectory.Now, StaleSeconds);

    private static readonly LaneBody Lane = LaneMapper.ToBody(SampleDirectory.Snapshot.Lanes[0], SampleDirectory.Snapshot, SampleDirectory.Times, SampleDirectory.Now);

    public static readonly IReadOnlyDictionary<string, object> Answers = new Dictionary<string, object>
    {
        ["ListChains"] = new ChainListBody([Chain]),
        ["GetChain"] = Chain,
        ["ListAssets"] = AssetMapper.ToBody(SampleDirectory.Snapshot, SampleDirectory.Now),
        ["GetTokenList"] = AssetMapper.ToTokenList(SampleDirectory.Snapshot),
        ["ListLanes"] = new LaneListBody([Lane]),
        ["GetLane"] = Lane,
    };
}
