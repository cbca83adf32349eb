using Npgsql;

namespace Bridge.Store;

/// <summary>Does again what failed for a passing reason: a few times, later each time, and never two processes in step.</summary>
internal static class Transient
{
    private const int Tries = 5;

    /// <param name="work">Can be done again after every fault of <paramref name="kinds"/>: it has either not happened, or happening twice changes nothing.</param>
    public static async Task<T> RunAsync<T>(NpgsqlDataSource source, Func<Task<T>> work, FaultKind[] kinds, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work();
            }
            catch (Exception e) when (e is not CommitOutcomeUnknownException && DatabaseFault.Of(e) is { } fault)
            {
                StoreMeter.Retries.Add(1, new KeyValuePair<string, object?>("code", fault.Code));
                // The pool's other connections lead to the same server; new ones ask again which server may be written.
                if (fault.Kind is FaultKind.ReadOnly) source.Clear();
                if (attempt >= Tries || !kinds.Contains(fault.Kind)) throw;
                await Task.Delay(Pause(fault.Kind, attempt), ct);
            }
        }
    }

    private static TimeSpan Pause(FaultKind kind, int attempt) =>
        TimeSpan.FromMilliseconds(kind is FaultKind.Conflict ? Random.Shared.Next(5, 40 * attempt) : Random.Shared.Next(50, 200 * attempt));
}
