using System.Net;
using Bridge.Api.Pages;

namespace Bridge.Api;

/// <summary>Section "Bridge:Api". Every key is documented, with unit and default, in appsettings.json.</summary>
public sealed record ApiOptions
{
    private const string Section = "Bridge:Api";

    /// <summary>What to listen on, separated by semicolons.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:8080";

    /// <summary>Seconds without a sign of life after which a component counts as stalled. 5 to 3600.</summary>
    public int StaleSeconds { get; init; } = 60;

    /// <summary>What the pages tell of the chains.</summary>
    public PagesOptions Pages { get; init; } = new();

    /// <summary>Percent by which a quote's fee is above what the contract asks, or what the gas is worth. 1 to 100.</summary>
    public int QuoteMarginPercent { get; init; } = 10;

    /// <summary>Networks, separated by semicolons, that webhooks may reach although they are not on the internet.</summary>
    public string WebhookNetworks { get; init; } = "";

    /// <summary>Requests of one client in a minute, without a key. 1 to 1,000,000.</summary>
    public int ReadsPerMinute { get; init; } = 120;

    /// <summary>The same for single transfers, which are asked for again and again. 1 to 1,000,000.</summary>
    public int StatusReadsPerMinute { get; init; } = 600;

    /// <summary>Requests in a second with the keys of one holder. 1 to 100,000.</summary>
    public int KeyedPerSecond { get; init; } = 50;

    /// <summary>Requests in a second with keys from one address, whoever holds them. 1 to 1,000,000.</summary>
    public int KeyedPerAddressPerSecond { get; init; } = 200;

    /// <summary>Streams and long polls of one client at once. 1 to 100,000.</summary>
    public int StreamsPerClient { get; init; } = 20;

    /// <summary>Streams and long polls of all clients at once. 1 to 100,000.</summary>
    public int Streams { get; init; } = 5000;

    /// <summary>Addresses or CIDR ranges of the proxies in front, separated by semicolons: only they are believed about who asks. Empty: nobody.</summary>
    public string TrustedProxies { get; init; } = "";

    /// <summary>Origins, separated by semicolons, whose pages may ask the API from a browser. Empty: its own pages only.</summary>
    public string CorsOrigins { get; init; } = "";

    /// <exception cref="InvalidOperationException">A key is unknown or its value bad; the message names it.</exception>
    public static ApiOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var known = typeof(ApiOptions).GetProperties().Select(property => property.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (section.GetChildren().FirstOrDefault(child => !known.Contains(child.Key)) is { } unknown)
            throw new InvalidOperationException($"{unknown.Path}: there is no such key. appsettings.json documents every one.");
        var options = section.Get<ApiOptions>() ?? new ApiOptions();
        if (options.StaleSeconds is < 5 or > 3600) throw new InvalidOperationException($"{Section}:StaleSeconds: 5 to 3600.");
        options.Pages.Check(section.GetSection(nameof(Pages)));
        foreach (var network in options.WebhookNetworks.Split(';', StringSplitOptions.RemoveEmptyEntries))
            if (!IPNetwork.TryParse(network, out _)) throw new InvalidOperationException($"{Section}:WebhookNetworks: '{network}' is not a network such as 127.0.0.0/8.");
        if (options.QuoteMarginPercent is < 1 or > 100) throw new InvalidOperationException($"{Section}:QuoteMarginPercent: 1 to 100.");
        Between(nameof(ReadsPerMinute), options.ReadsPerMinute, 1_000_000);
        Between(nameof(StatusReadsPerMinute), options.StatusReadsPerMinute, 1_000_000);
        Between(nameof(KeyedPerSecond), options.KeyedPerSecond, 100_000);
        Between(nameof(KeyedPerAddressPerSecond), options.KeyedPerAddressPerSecond, 1_000_000);
        Between(nameof(StreamsPerClient), options.StreamsPerClient, 100_000);
        Between(nameof(Streams), options.Streams, 100_000);
        if (options.Proxies().FirstOrDefault(proxy => proxy.Network is null) is { Text: { } wrong })
            throw new InvalidOperationException($"{Section}:TrustedProxies: '{wrong}' is neither an address nor a range such as 10.0.0.0/8.");
        if (Limits.CrossOrigin.Fault(options.CorsOrigins) is { } fault) throw new InvalidOperationException($"{Section}:CorsOrigins: {fault}");
        foreach (var url in options.Urls.Split(';'))
            if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
                throw new InvalidOperationException($"{Section}:Urls: '{url}' is not an http or https URL.");
        return options;
    }

    /// <summary>Each trusted proxy as written and as a range; null where it is none.</summary>
    public IEnumerable<(string Text, IPNetwork? Network)> Proxies() =>
        TrustedProxies.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(text => (text, Range(text)));

    private static IPNetwork? Range(string text) => IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : null;

    private static void Between(string key, int value, int most)
    {
        if (value < 1 || value > most) throw new InvalidOperationException($"{Section}:{key}: 1 to {most}.");
    }

    /// <exception cref="InvalidOperationException">Bridge:Database is missing.</exception>
    public static string Database(IConfiguration configuration) => configuration["Bridge:Database"] is { Length: > 0 } database
        ? database
        : throw new InvalidOperationException("Bridge:Database: missing. Give a Npgsql connection string, by the environment as Bridge__Database if it has a password.");
}
