using System.CommandLine;
using Bridge.Relayer.Cli;
using Bridge.Relayer.Cli.Admin;

var bridge = new RootCommand("A self-hosted bridge between EVM rollups: validators attest to lanes, relayers find the quorum, executors deliver.")
{
    InitCommand.Create(),
    RunCommand.Create(),
    MigrateCommand.Create(),
    ConfigCommand.Create(),
    DoctorCommand.Create(),
    AdminCommand.Create(),
    SendCommand.Create(),
    StatusCommand.Create(),
    ExplainCommand.Create(),
    AuditCommand.Create(),
    QueryCommand.Create(),
    ListenCommand.Create(),
    HealthCheckCommand.Create(),
    ExecuteCommand.Create(),
    RewardsCommand.Create(),
    RebuildCommand.Create(),
    LanesCommand.Create(),
    LedgerCommand.Create(),
    AccountsCommand.Create(),
    JournalCommand.Create(),
    ParkedCommand.Create(),
    KeysCommand.Create(),
    SignerCommand.Create(),
    ApiKeysCommand.Create(),
    LogCommand.Create(),
    VersionCommand.Create(),
    CompletionsCommand.Create(),
};
return await bridge.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
