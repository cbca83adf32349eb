using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Attest;
using Bridge.Relayer.Audit;
using Bridge.Relayer.Bus;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Execute;
using Bridge.Relayer.Log;
using Bridge.Relayer.Logging;
using Bridge.Relayer.Metrics;
using Bridge.Relayer.Oracle;
using Bridge.Relayer.Relay;
using Bridge.Relayer.Reload;
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
    /// <exception cref="ConfigurationException">The configuration is bad.</exception>
    public static IHost Build(ConfigurationSource source)
    {
        var started = source.Fingerprint();
        var (configuration, options) = source.Load();
        var levels = new LogLevels(configuration);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddConfiguration(configuration);
        builder.Logging.AddConfiguration(new ConfigurationBuilder().Add(levels).Build());
        builder.Logging.AddConsole(console => console.FormatterName = JsonLineFormatter.FormatterName)
            .AddConsoleFormatter<JsonLineFormatter, JsonLineOptions>(line => line.Role = string.Join('+', options.Roles));
        builder.Logging.AddFilter("MassTransit", LogLevel.Warning).AddFilter("Microsoft", LogLevel.Warning);

        var services = builder.Services;
        services.AddSingleton(options).AddSingleton(TimeProvider.System).AddReload(source, started, options, levels);
        services.AddBridgeStore(options.Database).AddSingleton<IStartCheck, DurabilityCheck>().AddSingleton<IStartCheck, SignerCheck>();
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
        if (options.Roles.Contains(Roles.Log)) services.AddLog(options);
        if (options.Metrics.Urls.Length > 0)
            services.AddSingleton(options.Metrics).AddSingleton<InstrumentCollector>().AddSingleton<QueueDepths>().AddSingleton<NodeHealth>().AddSingleton<IHostedService, MetricsServer>();
        if (options.Tracing.Endpoint.Length > 0) services.AddSingleton<IHostedService, Tracing>();
        services.AddWorker<Sweeper>().AddSingleton<IHostedService, Drain>();
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
        services.AddChainWorker<Watcher>(options).AddChainWorker<ChainRecorder>(options);
        services.AddWorker<EndpointRecorder>();
    }

    private static void AddAttester(this IServiceCollection services, AttesterOptions options)
    {
        services.AddSingleton<LedgerCheck>().AddWorker<LedgerKeeper>();
        services.AddSingleton(new AttesterKey(services.AddSigner(Roles.Attest, options))).AddSingleton<CheckpointProof>().AddSingleton<SigningRecord>();
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
        services.AddSingleton(options.Submitter).AddSingleton(new SubmitterKey(services.AddSigner(Roles.Submit, options.Submitter)));
        services.TryAddSingleton(options.Oracle);
        services.AddSingleton<FeePlan>().AddSingleton<ErrandCall>().AddSingleton<ErrandWorth>().AddSingleton<ErrandSender>().AddSingleton<ErrandDriver>();
        services.AddChainWorker<ErrandRunner>(options, p => [p.GetRequiredService<Bells>().ErrandAccepted.Hang()]);
        if (options.Submitter.Fees.ChangePercent > 0) services.AddWorker<FeeSetter>();
        services.AddListener(ErrandIntake.AcceptedChannel, bells => bells.ErrandAccepted.Ring);
    }

    private static void AddSponsors(this IServiceCollection services, BridgeOptions options)
    {
        services.AddSingleton(options.Sponsor).AddSingleton(new SponsorKey(services.AddSigner(Roles.Sponsor, options.Sponsor))).AddSingleton<OperationJudge>();
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
        services.AddSingleton(options.Executor).AddSingleton(new ExecutorKey(services.AddSigner(Roles.Execute, options.Executor)));
        services.AddSingleton<DeliveryCalldata>().AddSingleton<DeliveryPlanner>().AddSingleton<LaneLook>().AddSingleton<DeliveryWorth>();
        services.AddSingleton<AccountGuard>().AddTransient<LanePatience>().AddSingleton<FeeOffers>().AddSingleton<MinedAttempts>().AddSingleton<SubmissionOutcome>();
        services.AddSingleton<TransactionSender>().AddSingleton<Submitter>().AddSingleton<Replacement>().AddSingleton<TransactionDriver>();
        services.AddChainWorker<Executor>(options, p => [p.GetRequiredService<Bells>().Certified.Hang()]).AddChainWorker<WalletRecorder>(options);
    }

    private static void AddAuditor(this IServiceCollection services, BridgeOptions options)
    {
        if (options.Audit.IsGiven)
        {
            var signer = services.AddSigner(Roles.Audit, options.Audit);
            services.AddSingleton(p => ActivatorUtilities.CreateInstance<Guardian>(p, signer));
        }
        services.AddSingleton<ReserveRecorder>().AddWorker<Auditor>();
    }

    /// <summary>A role's key, which must prove itself before anything starts.</summary>
    private static ISigner AddSigner(this IServiceCollection services, string role, KeyOptions options)
    {
        var signer = Keys.Open(options);
        services.AddSingleton(new RoleSigner(role, signer));
        return signer;
    }

    /// <summary>What may change while the process runs, and what changes it. </summary>
    private static void AddReload(this IServiceCollection services, ConfigurationSource source, string started, BridgeOptions options, LogLevels levels)
    {
        services.AddSingleton(new LiveOptions(options)).AddSingleton(levels).AddSingleton<AddedChains>().AddSingleton<Reloader>();
        services.AddSingleton<IHostedService>(p => p.GetRequiredService<AddedChains>());
        services.AddSingleton<IHostedService>(p => ActivatorUtilities.CreateInstance<ConfigurationWatch>(p, source, started));
    }

    /// <summary>One for each chain, those included that are added later.</summary>
    private static IServiceCollection AddChainWorker<T>(this IServiceCollection services, BridgeOptions options, Func<IServiceProvider, object[]>? arguments = null) where T : class, IHostedService
    {
        services.AddSingleton(new ChainWorker(Make));
        foreach (var chain in options.Chains.Values) services.AddSingleton(p => Make(p, Link(p, chain)));
        return services;

        IHostedService Make(IServiceProvider provider, ChainLink link) => ActivatorUtilities.CreateInstance<T>(provider, [link, .. arguments?.Invoke(provider) ?? []]);
    }

    private static void AddLog(this IServiceCollection services, BridgeOptions options)
    {
        services.AddSingleton(new LogKey(services.AddSigner(Roles.Log, options.Log), options.Log.Origin)).AddSingleton<ExportSigner>().AddWorker<LogKeeper>().AddWorker<Exporter>().AddWorker<ReserveSigner>();
        foreach (var (name, contract) in options.Log.Anchors) services.AddWorker<LogAnchorer>(p => [Link(p, options.Chains[name]), Address.Parse(contract)]);
        foreach (var (name, log) in options.Log.Watched)
            services.AddWorker<LogWitness>(_ => [new WatchedLog(name, new Uri(log.Url.TrimEnd('/') + "/"), log.Origin, Address.Parse(log.Operator))]);
    }

    private static ChainLink Link(IServiceProvider provider, ChainOptions chain) => provider.GetRequiredService<ChainSet>()[new ChainId(chain.ChainId)];

    private static IServiceCollection AddWorker<T>(this IServiceCollection services, Func<IServiceProvider, object[]>? arguments = null) where T : class, IHostedService =>
        services.AddSingleton<IHostedService>(p => ActivatorUtilities.CreateInstance<T>(p, arguments?.Invoke(p) ?? []));
}
