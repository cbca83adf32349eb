namespace Bridge.Api.Streams;

/// <summary>One form in which a follower is told of changes. A follower that takes nothing for long is gone, and every member then throws.</summary>
internal interface IEventSink
{
    Task BeginAsync(CancellationToken ct);

    Task SendAsync(ChangeEventBody body, CancellationToken ct);

    /// <summary>Nothing has happened for a while.</summary>
    Task HeartbeatAsync(CancellationToken ct);
}
