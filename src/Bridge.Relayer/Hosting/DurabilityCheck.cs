using Bridge.Relayer.Cli;
using Bridge.Store;

namespace Bridge.Relayer.Hosting;

/// <summary>A database that confirms a commit before it is on disk forgets it in a crash: nonces and signatures would be used twice.</summary>
public sealed class DurabilityCheck(DatabaseSettings settings) : IStartCheck
{
    /// <exception cref="UserException">The server, the database or this login is set to forget.</exception>
    public async Task CheckAsync(CancellationToken ct)
    {
        foreach (var setting in await settings.ForgetfulAsync(ct))
            throw new UserException($"The database runs with {setting} = off and would forget commits in a crash. Set it to on for the server, the database and this login, then start again.");
    }
}
