namespace Bridge.Relayer.Configuration;

/// <summary>Section "Bridge" of the configuration. Every key is documented, with unit and default, in appsettings.json.</summary>
public sealed record BridgeOptions
{
    /// <summary>"production" or "local". Production refuses fewer than two endpoints on a chain unless that chain allows it.</summary>
    public string Environment { get; init; } = "production";

    /// <summary>What this process does; empty: everything. <c>--roles</c> replaces it.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Npgsql connection string of this organisation's database. A password in it may not come from a JSON file.</summary>
    public string Database { get; init; } = "";

    /// <summary>By name; the name appears in logs.</summary>
    public IReadOnlyDictionary<string, ChainOptions> Chains { get; init; } = new Dictionary<string, ChainOptions>();

    public BusOptions Bus { get; init; } = new();
    public AttesterOptions Attester { get; init; } = new();
    public ExecutorOptions Executor { get; init; } = new();
    public SweeperOptions Sweeper { get; init; } = new();
    public AuditOptions Audit { get; init; } = new();
    public SubmitterOptions Submitter { get; init; } = new();

    /// <summary>Who has gas paid for accounts.</summary>
    public SponsorOptions Sponsor { get; init; } = new();

    /// <summary>The audit log.</summary>
    public LogOptions Log { get; init; } = new();
    public OracleOptions Oracle { get; init; } = new();
    public MetricsOptions Metrics { get; init; } = new();
    public TracingOptions Tracing { get; init; } = new();

    /// <summary>Read by the API's own executable; known here so that one file can serve both.</summary>
    public ApiKeys Api { get; init; } = new();
}

public sealed record ApiKeys
{
    /// <summary>What the API listens on, separated by semicolons.</summary>
    public string Urls { get; init; } = "";

    /// <summary>Seconds without a sign of life after which a component counts as stalled.</summary>
    public int StaleSeconds { get; init; }

    /// <summary>Percent by which a quote's fee is above what is asked.</summary>
    public int QuoteMarginPercent { get; init; }

    /// <summary>Networks that webhooks may reach although they are not on the internet.</summary>
    public string WebhookNetworks { get; init; } = "";

    /// <summary>Requests of one client in a minute.</summary>
    public int ReadsPerMinute { get; init; }

    /// <summary>The same for single transfers.</summary>
    public int StatusReadsPerMinute { get; init; }

    /// <summary>Requests in a second with the keys of one holder.</summary>
    public int KeyedPerSecond { get; init; }

    /// <summary>Requests in a second with keys from one address.</summary>
    public int KeyedPerAddressPerSecond { get; init; }

    /// <summary>Origins whose pages may ask the API from a browser.</summary>
    public string CorsOrigins { get; init; } = "";

    /// <summary>Streams and long polls of one client at once.</summary>
    public int StreamsPerClient { get; init; }

    /// <summary>Streams and long polls of all clients at once.</summary>
    public int Streams { get; init; }

    /// <summary>Proxies that are believed about who asks.</summary>
    public string TrustedProxies { get; init; } = "";
}

public sealed record BusOptions
{
    /// <summary>AMQP URL of a RabbitMQ broker; empty: the in-memory transport of one process. May not come from a JSON file if it has a password.</summary>
    public string RabbitMq { get; init; } = "";

    /// <summary>Prefix of this node's queues. Processes with the same name share the work, others each get every doorbell.</summary>
    public string Node { get; init; } = "bridge";
}

public sealed record SweeperOptions
{
    /// <summary>Seconds between two sweeps that drive again whatever stalled. 1 to 3600.</summary>
    public int IntervalSeconds { get; init; } = 30;
}

public sealed record MetricsOptions
{
    /// <summary>Where GET /metrics is answered for Prometheus, separated by semicolons; empty: nowhere. It names chains, lanes and accounts, so keep it off the internet.</summary>
    public string Urls { get; init; } = "";

    /// <summary>Seconds for which one step of a component may last before /healthz/ready there says that it stalls. 5 to 3600.</summary>
    public int StaleSeconds { get; init; } = 60;
}

public sealed record TracingOptions
{
    /// <summary>Base URL of an OpenTelemetry collector that takes OTLP over HTTP; empty: no traces.</summary>
    public string Endpoint { get; init; } = "";
}

/// <summary>Its key is a guardian's, and optional: with it, the role pauses every Bridge when value is in danger.</summary>
public sealed record AuditOptions : KeyOptions
{
    /// <summary>JSON-RPC URLs by the chain's name in Bridge:Chains: the auditor's own. Without them it looks through the pipeline's, and says so.</summary>
    public IReadOnlyDictionary<string, string[]> Endpoints { get; init; } = new Dictionary<string, string[]>();

    /// <summary>Changes of roles and settings since the deployment that are meant, as the audit prints them.</summary>
    public IReadOnlyList<string> Approved { get; init; } = [];

    /// <summary>Seconds that a final message may wait undelivered, with nothing paused or halted. 60 to 604,800.</summary>
    public int OverdueSeconds { get; init; } = 3600;

    /// <summary>Seconds between two audits of the role. 5 to 86,400.</summary>
    public int IntervalSeconds { get; init; } = 60;

    /// <summary>Seconds between two proofs of reserves of the role, taken with an audit. 5 to 86,400.</summary>
    public int ReservesSeconds { get; init; } = 300;
}
