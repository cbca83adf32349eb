namespace Bridge.Relayer.Hosting;

/// <summary>What must hold before a process does anything. What it throws says what a person must do, and the process ends.</summary>
public interface IStartCheck
{
    Task CheckAsync(CancellationToken ct);
}
