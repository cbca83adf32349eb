using System.Globalization;

namespace Bridge.Client;

/// <summary>Which transfers a list holds, and in which order: what is null is not asked for, and all that is asked for must hold.</summary>
public sealed record TransferFilter
{
    /// <summary>The transaction on either chain.</summary>
    public string? TxHash { get; init; }

    /// <summary>Sender or recipient.</summary>
    public string? Account { get; init; }
    public string? Sender { get; init; }
    public string? Recipient { get; init; }

    /// <summary>Source or destination, CAIP-2 or a plain number.</summary>
    public string? Chain { get; init; }
    public string? Source { get; init; }
    public string? Destination { get; init; }

    /// <summary>Asset id.</summary>
    public string? Asset { get; init; }

    /// <summary>One of <see cref="TransferStatus"/>.</summary>
    public string? Status { get; init; }
    public string? Stage { get; init; }

    /// <summary>A validator that signed over the transfer.</summary>
    public string? Validator { get; init; }

    /// <summary>Whoever delivered it.</summary>
    public string? Executor { get; init; }

    /// <summary>Base units.</summary>
    public UInt128? MinAmount { get; init; }

    /// <summary>First seen at that time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>First seen before that time. A range that ends in the past stays the same while transfers come in.</summary>
    public DateTimeOffset? To { get; init; }
    public DateTimeOffset? UpdatedSince { get; init; }

    /// <summary>createdAt (default), updatedAt or amount, the greatest first.</summary>
    public string? Sort { get; init; }

    internal IEnumerable<(string Name, string? Value)> Query() =>
    [
        ("txHash", TxHash), ("account", Account), ("sender", Sender), ("recipient", Recipient), ("chain", Chain), ("source", Source), ("destination", Destination),
        ("asset", Asset), ("status", Status), ("stage", Stage), ("validator", Validator), ("executor", Executor),
        ("minAmount", MinAmount?.ToString(CultureInfo.InvariantCulture)), ("from", Time(From)), ("to", Time(To)), ("updatedSince", Time(UpdatedSince)), ("sort", Sort),
    ];

    /// <summary>RFC 3339 in UTC.</summary>
    internal static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>Which changes a stream tells: what is null is not asked for, and all that is asked for must hold.</summary>
public sealed record StreamFilter
{
    /// <summary>Source or destination, CAIP-2 or a plain number.</summary>
    public string? Chain { get; init; }
    public string? Source { get; init; }
    public string? Destination { get; init; }

    /// <summary>Sender or recipient.</summary>
    public string? Account { get; init; }

    /// <summary>Asset id.</summary>
    public string? Asset { get; init; }

    /// <summary>One of <see cref="TransferStatus"/>.</summary>
    public string? Status { get; init; }

    internal IEnumerable<(string Name, string? Value)> Query() =>
        [("chain", Chain), ("source", Source), ("destination", Destination), ("account", Account), ("asset", Asset), ("status", Status)];
}
