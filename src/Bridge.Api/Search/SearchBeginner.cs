using Bridge.Store;
using Npgsql;

namespace Bridge.Api.Search;

/// <summary>Has the database make what the API searches by, once. Until it is there answers are slow and right.</summary>
internal sealed class SearchBeginner(SearchIndexes indexes, ILogger<SearchBeginner> log) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (string? told = null; ; await Task.Delay(Again, stoppingToken))
        {
            try
            {
                if (await indexes.BeginAsync(stoppingToken)) log.LogInformation("the database has made what is searched by");
                return;
            }
            // Not migrated yet, away, or a standby: somebody else mends that.
            catch (Exception e) when (e is NpgsqlException || DatabaseFault.Of(e) is not null)
            {
                if (e.Message != told) log.LogWarning("what is searched by is not there yet, so answers are slow: {Error}. It is tried again every {Seconds} s", e.Message, Again.TotalSeconds);
                told = e.Message;
            }
        }
    }
}
