namespace Bridge.Api.Streams;

/// <summary>One form in which a follower is told of changes.</summary>
internal interface IEventSink
{
    Task BeginAsync(CancellationToken ct);

    Task SendAsync(ChangeEventBody body, CancellationToken ct);

    /// <summary>Nothing has happened for a while.</summary>
    Task HeartbeatAsync(CancellationToken ct);
}
