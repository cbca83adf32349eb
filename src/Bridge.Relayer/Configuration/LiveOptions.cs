namespace Bridge.Relayer.Configuration;

/// <summary>What is in force now. Ask again for each decision: a limit may change while this process runs.</summary>
public sealed class LiveOptions(BridgeOptions start)
{
    private volatile BridgeOptions _now = start;

    public BridgeOptions Now
    {
        get => _now;
        internal set => _now = value;
    }
}
