namespace Bridge.Api.Webhooks;

/// <summary>Eight tries over a day.</summary>
internal static class WebhookSchedule
{
    public const int Tries = 8;

    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(6), TimeSpan.FromHours(15),
    ];

    /// <summary>How long to wait after so many tries, at least one; null: no more.</summary>
    public static TimeSpan? After(int tries) => tries >= 1 && tries <= Pauses.Length ? Pauses[tries - 1] : null;
}
