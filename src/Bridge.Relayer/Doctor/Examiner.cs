namespace Bridge.Relayer.Doctor;

/// <summary>Runs every examination, each at most as long as a person waits. One that fails is a finding and stops no other.</summary>
public static class Examiner
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<IReadOnlyList<Finding>> RunAsync(IEnumerable<IExamination> examinations, CancellationToken ct)
    {
        var looks = examinations.Select(examination => LookAsync(examination, ct)).ToList();
        return [.. (await Task.WhenAll(looks)).SelectMany(found => found)];
    }

    private static async Task<IReadOnlyList<Finding>> LookAsync(IExamination examination, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            return await examination.LookAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return [Finding.Bad(examination.Name, $"no answer within {Patience.TotalSeconds:0} s", examination.Fix)];
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return [Finding.Bad(examination.Name, e.Message, examination.Fix)];
        }
    }
}
