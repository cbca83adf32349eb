namespace Bridge.Api.Directory;

/// <summary>One value, made again when it is older than <paramref name="fresh"/>, by one caller for all that wait.</summary>
internal sealed class Cached<T>(TimeProvider time, TimeSpan fresh) where T : class
{
    // What is made serves everybody, so no single caller's leaving may stop it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private Task<T>? _made;
    private long _madeAt;

    public Task<T> GetAsync(Func<CancellationToken, Task<T>> make, CancellationToken ct)
    {
        lock (_lock)
        {
            var old = _made is { IsCompleted: true } && (!_made.IsCompletedSuccessfully || time.GetElapsedTime(_madeAt) > fresh);
            if (_made is null || old) (_made, _madeAt) = (MakeAsync(make), time.GetTimestamp());
            return _made.WaitAsync(ct);
        }
    }

    private static async Task<T> MakeAsync(Func<CancellationToken, Task<T>> make)
    {
        await Task.Yield();
        using var limit = new CancellationTokenSource(Patience);
        return await make(limit.Token);
    }
}
