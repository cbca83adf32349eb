using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Attest;
using Bridge.Relayer.Audit;
using Bridge.Relayer.Bus;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Execute;
using Bridge.Relayer.Logging;
using Bridge.Relayer.Metrics;
using Bridge.Relayer.Oracle;
using Bridge.Relayer.Relay;
using Bridge.Relayer.Sponsor;
using Bridge.Relayer.Submit;
using Bridge.Relayer.Sweep;
using Bridge.Relayer.Watch;
using Bridge.Store;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Hosting;

/// <summary>Composes one process from its roles. Nothing in the code differs between the smallest deployment and the largest, only this choice.</summary>
public static class NodeHost
{
    public static IHost Build(IConfiguration configuration, BridgeOptions options)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddConfiguration(configuration);
        builder.Logging.AddConfiguration(configuration.GetSection("Logging"));
        builder.Logging.AddConsole(console => console.FormatterName = JsonLineFormatter.FormatterName)
            .AddConsoleFormatter<JsonLineFormatter, JsonLineOptions>(line => line.Role = string.Join('+', options.Roles));
        builder.Logging.AddFilter("MassTransit", LogLevel.Warning).AddFilter("Microsoft", LogLevel.Warning);

        var services = builder.Services;
        services.AddSingleton(options).AddSingleton(TimeProvider.System);
        services.AddBridgeStore(options.Database).AddSingleton<IStartCheck, DurabilityCheck>();
        services.AddChains(options).AddSingleton<IHostedService, RunLockKeeper>(); // Before every worker: none may start beside a rebuild.
        services.AddBus(options);
        if (options.Roles.Contains(Roles.Watch)) services.AddWatchers(options);
        if (options.Roles.Contains(Roles.Attest)) services.AddAttester(options.Attester);
        if (options.Roles.Contains(Roles.Relay)) services.AddRelay();
        if (options.Roles.Contains(Roles.Relay)) services.AddOracle(options.Oracle);
        if (options.Roles.Contains(Roles.Submit)) services.AddSubmitters(options);
        if (options.Roles.Contains(Roles.Sponsor)) services.AddSponsors(options);
        if (options.Roles.Contains(Roles.Relay) || options.Roles.Contains(Roles.Execute)) services.AddListener(ErrandIntake.NudgedChannel, bells => bells.RingAll);
        if (options.Roles.Contains(Roles.Execute)) services.AddExecutors(options);
        if (options.Roles.Contains(Roles.Audit)) services.AddAuditor(options);
        if (options.Metrics.Urls.Length > 0)
            services.AddSingleton(options.Metrics).AddSingleton<InstrumentCollector>().AddSingleton<QueueDepths>().AddSingleton<NodeHealth>().AddSingleton<IHostedService, MetricsServer>();
        if (options.Tracing.Endpoint.Length > 0) services.AddSingleton<IHostedService, Tracing>();
        services.AddSingleton(options.Sweeper).AddWorker<Sweeper>();
        return builder.Build();
    }

    public static IServiceCollection AddChains(this IServiceCollection services, BridgeOptions options) => services
        .AddSingleton(_ => RpcHttp.CreateClient())
        .AddSingleton(provider => new ChainSet(options, provider.GetRequiredService<HttpClient>(), provider.GetService<ILogger<ChainSet>>()))
        .AddSingleton<ValidatorSets>();

    /// <summary>What turns a chain's logs into rows and moves its finality.</summary>
    public static IServiceCollection AddReaders(this IServiceCollection services) =>
        services.AddSingleton<FactReader>().AddSingleton<FinalityStep>().AddSingleton<AssetMirror>();

    private static void AddWatchers(this IServiceCollection services, BridgeOptions options)
    {
        services.AddReaders().AddSingleton<Reorganizer>();
        foreach (var chain in options.Chains.Values) services.AddWorker<Watcher>(p => [Link(p, chain)]).AddWorker<ChainRecorder>(p => [Link(p, chain)]);
        services.AddWorker<EndpointRecorder>();
    }

    private static void AddAttester(this IServiceCollection services, AttesterOptions options)
    {
        services.AddSingleton(new AttesterKey(Keys.Open(options))).AddSingleton<CheckpointProof>().AddSingleton<SigningRecord>();
        services.AddSingleton(p => new SigningJournal(options.JournalPath, p.GetRequiredService<ILogger<SigningJournal>>()));
        services.AddSingleton<IStartCheck, JournalCheck>().AddSingleton<Doppelganger>().AddWorker<Attester>();
        if (options.OverBus)
            services.AddWorker<AttestationSender>(p => [new BusTarget(p.GetRequiredService<Ringer>()), p.GetRequiredService<Bells>().Signed.Hang()]);
        foreach (var url in options.Relayers)
            services.AddWorker<AttestationSender>(p =>
                [new HttpTarget(new Uri(url.TrimEnd('/') + "/"), p.GetRequiredService<HttpClient>()), p.GetRequiredService<Bells>().Signed.Hang()]);
    }

    private static void AddRelay(this IServiceCollection services)
    {
        services.AddSingleton<Certifier>().AddWorker<IntakeWorker>();
        services.AddListener(AttestationStore.OfferedChannel, bells => bells.Offered.Ring);
    }

    /// <summary>What the API, which has no endpoint, asks of the chains.</summary>
    private static void AddOracle(this IServiceCollection services, OracleOptions options)
    {
        services.TryAddSingleton(options);
        services.AddSingleton<TokenReading>().AddSingleton<AccountReading>();
        services.AddWorker<GasOracle>();
        services.AddWorker<AccountAnswerer>();
        services.AddWorker<Purger>();
        services.AddListener(AccountLooks.AskedChannel, bells => bells.AccountAsked.Ring);
    }

    private static void AddSubmitters(this IServiceCollection services, BridgeOptions options)
    {
        services.AddSingleton(options.Submitter).AddSingleton(new SubmitterKey(Keys.Open(options.Submitter)));
        services.TryAddSingleton(options.Oracle);
        services.AddSingleton<FeePlan>().AddSingleton<ErrandCall>().AddSingleton<ErrandWorth>().AddSingleton<ErrandSender>().AddSingleton<ErrandDriver>();
        foreach (var chain in options.Chains.Values)
            services.AddWorker<ErrandRunner>(p => [Link(p, chain), p.GetRequiredService<Bells>().ErrandAccepted.Hang()]);
        if (options.Submitter.Fees.ChangePercent > 0) services.AddWorker<FeeSetter>();
        services.AddListener(ErrandIntake.AcceptedChannel, bells => bells.ErrandAccepted.Ring);
    }

    private static void AddSponsors(this IServiceCollection services, BridgeOptions options)
    {
        services.AddSingleton(options.Sponsor).AddSingleton(new SponsorKey(Keys.Open(options.Sponsor))).AddSingleton<OperationJudge>();
        foreach (var (name, chain) in options.Chains)
            if (options.Sponsor.PaymasterOn(new ChainId(chain.ChainId), name) is { } paymaster)
                services.AddWorker<SponsorWorker>(p => [Link(p, chain), paymaster, p.GetRequiredService<Bells>().SponsorshipAsked.Hang()]);
        services.AddListener(SponsorshipIntake.AskedChannel, bells => bells.SponsorshipAsked.Ring);
    }

    /// <summary>Rings as often as the API notifies.</summary>
    private static void AddListener(this IServiceCollection services, string channel, Func<Bells, Action> ring) =>
        services.AddSingleton<IHostedService>(p => ActivatorUtilities.CreateInstance<NoticeListener>(p, channel, ring(p.GetRequiredService<Bells>())));

    private static void AddExecutors(this IServiceCollection services, BridgeOptions options)
    {
        services.AddSingleton(options.Executor).AddSingleton(new ExecutorKey(Keys.Open(options.Executor)));
        services.AddSingleton<DeliveryCalldata>().AddSingleton<DeliveryPlanner>().AddSingleton<LaneLook>().AddSingleton<DeliveryWorth>();
        services.AddSingleton<AccountGuard>().AddTransient<LanePatience>().AddSingleton<FeeOffers>().AddSingleton<MinedAttempts>().AddSingleton<SubmissionOutcome>();
        services.AddSingleton<TransactionSender>().AddSingleton<Submitter>().AddSingleton<Replacement>().AddSingleton<TransactionDriver>();
        foreach (var chain in options.Chains.Values)
            services.AddWorker<Executor>(p => [Link(p, chain), p.GetRequiredService<Bells>().Certified.Hang()]).AddWorker<WalletRecorder>(p => [Link(p, chain)]);
    }

    private static void AddAuditor(this IServiceCollection services, BridgeOptions options)
    {
        if (options.Audit.Keystore.Length > 0)
        {
            var signer = Keys.Open(options.Audit);
            services.AddSingleton(p => ActivatorUtilities.CreateInstance<Guardian>(p, signer, Auditors.Chains(options)));
        }
        services.AddWorker<Auditor>();
    }

    private static ChainLink Link(IServiceProvider provider, ChainOptions chain) => provider.GetRequiredService<ChainSet>()[new ChainId(chain.ChainId)];

    private static IServiceCollection AddWorker<T>(this IServiceCollection services, Func<IServiceProvider, object[]>? arguments = null) where T : class, IHostedService =>
        services.AddSingleton<IHostedService>(p => ActivatorUtilities.CreateInstance<T>(p, arguments?.Invoke(p) ?? []));
}
