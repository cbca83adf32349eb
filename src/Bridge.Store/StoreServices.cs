using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Bridge.Store;

public static class StoreServices
{
    /// <summary>Everything that touches this organisation's database.</summary>
    /// <param name="connectionString">Npgsql's form.</param>
    public static IServiceCollection AddBridgeStore(this IServiceCollection services, string connectionString) => services
        .AddSingleton(_ => NpgsqlDataSource.Create(Steady(connectionString)))
        .AddDbContextFactory<BridgeDb>((services, options) => options
            .UseNpgsql(services.GetRequiredService<NpgsqlDataSource>()).UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking))
        .AddSingleton<Migrator>().AddSingleton<DatabaseSettings>()
        .AddSingleton<ChainStore>().AddSingleton<TransferStore>().AddSingleton<DirectoryStore>().AddSingleton<HaltStore>()
        .AddSingleton<EndpointStore>().AddSingleton<MirrorStore>().AddSingleton<AttestationStore>().AddSingleton<ParkedStore>().AddSingleton<SigningLogStore>()
        .AddSingleton<TransferQueries>().AddSingleton<StandingQueries>().AddSingleton<OperationQueries>().AddSingleton<DirectoryQueries>()
        .AddSingleton<OracleStore>().AddSingleton<AccountLooks>().AddSingleton<QuoteStore>().AddSingleton<ApiKeyStore>().AddSingleton<IdempotencyStore>()
        .AddSingleton<ErrandIntake>().AddSingleton<ErrandStore>().AddSingleton<SponsorshipIntake>().AddSingleton<SponsorshipStore>().AddSingleton<WebhookStore>().AddSingleton<WebhookQueue>()
        .AddSingleton<FeedQueries>().AddSingleton<SearchIndexes>().AddSingleton<SecretQueries>().AddSingleton<StatsQueries>().AddSingleton<DeliveryQueries>()
        .AddSingleton<LogSequencer>().AddSingleton<LogReader>().AddSingleton<LogStore>().AddSingleton<ExportStore>().AddSingleton<ComplianceStore>()
        .AddSingleton<AuditStore>().AddSingleton<LedgerStore>().AddSingleton<ReserveStore>().AddSingleton<RunLock>()
        .AddSingleton<LeaseStore>().AddSingleton<SubmissionStore>().AddSingleton<DeliveryRecords>().AddSingleton<AccountStore>().AddSingleton<WaitingTransactions>().AddSingleton<RequestStore>().AddSingleton<RolePauseStore>().AddSingleton<RewardStore>();

    /// <summary>
    /// The same statements again and again: the server plans each once for a connection. What would be reset when a connection goes back to
    /// the pool, nobody leaves behind: settings are LOCAL, and session locks and LISTEN are taken back by who took them.
    /// </summary>
    private static string Steady(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { NoResetOnClose = true };
        if (builder.MaxAutoPrepare == 0) builder.MaxAutoPrepare = 50;
        return builder.ConnectionString;
    }
}
