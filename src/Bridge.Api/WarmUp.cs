using Bridge.Core;
using Bridge.Store;
using Npgsql;

namespace Bridge.Api;

/// <summary>Makes the first query before anybody can ask, so that no caller waits for the database's model to be built.</summary>
internal sealed class WarmUp(DirectoryStore directory, TransferQueries transfers, ILogger<WarmUp> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await directory.CurrentSetAsync(new ChainId(1), cancellationToken);
            await transfers.ListAsync(new TransferFilter(), null, 1, cancellationToken);
        }
        catch (Exception e) when (e is NpgsqlException || DatabaseFault.Of(e) is not null)
        {
            log.LogWarning("the database does not answer yet: {Error}. /healthz/ready tells when it does", e.Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
