using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace Bridge.Store;

/// <summary>The model of the schema that <c>migrations/</c> makes. It creates nothing itself; a test holds the two together.</summary>
public sealed partial class BridgeDb(DbContextOptions<BridgeDb> options) : DbContext(options)
{
    public DbSet<LaneRow> Lanes => Set<LaneRow>();
    public DbSet<CursorRow> Cursors => Set<CursorRow>();
    public DbSet<MessageRow> Messages => Set<MessageRow>();
    public DbSet<MessageConflictRow> MessageConflicts => Set<MessageConflictRow>();
    public DbSet<TransitionRow> Transitions => Set<TransitionRow>();
    public DbSet<DeliveryEventRow> DeliveryEvents => Set<DeliveryEventRow>();
    public DbSet<AttestationIntakeRow> Intake => Set<AttestationIntakeRow>();
    public DbSet<ParkedRow> Parked => Set<ParkedRow>();
    public DbSet<AttestationRow> Attestations => Set<AttestationRow>();
    public DbSet<EquivocationRow> Equivocations => Set<EquivocationRow>();
    public DbSet<CertificateRow> Certificates => Set<CertificateRow>();
    public DbSet<SigningLogRow> SigningLog => Set<SigningLogRow>();
    public DbSet<SigningConflictRow> SigningConflicts => Set<SigningConflictRow>();
    public DbSet<SubmissionRow> Submissions => Set<SubmissionRow>();
    public DbSet<LaneHaltRow> Halts => Set<LaneHaltRow>();
    public DbSet<ValidatorSetRow> ValidatorSets => Set<ValidatorSetRow>();
    public DbSet<AssetEntity> Assets => Set<AssetEntity>();
    public DbSet<HeartbeatRow> Heartbeats => Set<HeartbeatRow>();
    public DbSet<ChainStateRow> ChainStates => Set<ChainStateRow>();
    public DbSet<EndpointRow> Endpoints => Set<EndpointRow>();
    public DbSet<ChainRow> ChainMirror => Set<ChainRow>();
    public DbSet<LaneEndRow> LaneEnds => Set<LaneEndRow>();
    public DbSet<AssetLimitRow> AssetLimits => Set<AssetLimitRow>();
    public DbSet<MinimumFeeRow> MinimumFees => Set<MinimumFeeRow>();
    public DbSet<LedgerAccountRow> LedgerAccounts => Set<LedgerAccountRow>();
    public DbSet<LedgerFindingRow> LedgerFindings => Set<LedgerFindingRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => Converters.Use(configurationBuilder);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<CursorRow>().ToTable("chain_cursor").HasKey(r => r.ChainId);
        modelBuilder.Entity<BlockRow>().ToTable("block").HasKey(r => new { r.ChainId, r.Height });
        modelBuilder.Entity<LaneRow>().ToTable("lane").HasKey(r => new { r.SourceChain, r.DestinationChain });
        modelBuilder.Entity<MessageRow>().ToTable("message").HasKey(r => r.MessageId);
        modelBuilder.Entity<MessageConflictRow>().ToTable("message_conflict").HasKey(r => r.MessageId);
        modelBuilder.Entity<TransitionRow>().ToTable("transition").HasKey(r => r.Id);
        modelBuilder.Entity<DeliveryEventRow>().ToTable("delivery_event").HasKey(r => new { r.DestinationChain, r.TransactionHash, r.LogIndex });
        modelBuilder.Entity<AssetEntity>().ToTable("asset").HasKey(r => new { r.ChainId, r.AssetId });
        modelBuilder.Entity<ValidatorSetRow>().ToTable("validator_set").HasKey(r => new { r.ChainId, r.Epoch });
        modelBuilder.Entity<LaneHaltRow>().ToTable("lane_halt").HasKey(r => r.Id);
        modelBuilder.Entity<HeartbeatRow>().ToTable("heartbeat").HasKey(r => r.Component);
        modelBuilder.Entity<EndpointRow>().ToTable("endpoint").HasKey(r => new { r.ChainId, r.Name });
        modelBuilder.Entity<AuditVerdictRow>().ToTable("audit_verdict").HasKey(r => r.Id);
        modelBuilder.Entity<SchemaMigrationRow>().ToTable("schema_migration").HasKey(r => r.Name);
        modelBuilder.Entity<AttestationIntakeRow>().ToTable("attestation_intake").HasKey(r => r.Id);
        modelBuilder.Entity<ParkedRow>().ToTable("parked").HasKey(r => r.Id);
        modelBuilder.Entity<AttestationRow>().ToTable("attestation")
            .HasKey(r => new { r.SourceChain, r.DestinationChain, r.Sequence, r.Epoch, r.Signer, r.RollingHash });
        modelBuilder.Entity<EquivocationRow>().ToTable("equivocation").HasKey(r => new { r.SourceChain, r.DestinationChain, r.Sequence, r.Signer });
        modelBuilder.Entity<CertificateRow>().ToTable("certificate").HasKey(r => new { r.SourceChain, r.DestinationChain, r.Sequence, r.Epoch });
        modelBuilder.Entity<SigningLogRow>().ToTable("signing_log").HasKey(r => new { r.LaneId, r.Sequence });
        modelBuilder.Entity<SigningConflictRow>().ToTable("signing_conflict").HasKey(r => r.Id);
        modelBuilder.Entity<SignatureRow>().ToTable("signature").HasKey(r => new { r.LaneId, r.Sequence, r.Epoch });
        modelBuilder.Entity<HandoverRow>().ToTable("handover").HasKey(r => new { r.LaneId, r.Sequence, r.Epoch, r.Relayer });
        modelBuilder.Entity<LeaseRow>().ToTable("lease").HasKey(r => r.Name);
        modelBuilder.Entity<SubmissionRow>().ToTable("submission").HasKey(r => r.Id);
        modelBuilder.Entity<SubmissionAttemptRow>().ToTable("submission_attempt").HasKey(r => r.TransactionHash);
        modelBuilder.Entity<ExecutorAccountRow>().ToTable("executor_account").HasKey(r => new { r.ChainId, r.Account });
        modelBuilder.Entity<AccountQuarantineRow>().ToTable("account_quarantine").HasKey(r => r.Id);
        modelBuilder.Entity<OperatorRequestRow>().ToTable("operator_request").HasKey(r => r.Id);
        modelBuilder.Entity<RolePauseRow>().ToTable("role_pause").HasKey(r => r.Id);

        modelBuilder.Entity<AssetRegistrationRow>().ToTable("asset_registration").HasKey(r => new { r.ChainId, r.AssetId });
        modelBuilder.Entity<ChainRow>().ToTable("chain").HasKey(r => r.ChainId);
        modelBuilder.Entity<LaneEndRow>().ToTable("lane_end").HasKey(r => new { r.ChainId, r.OtherChain });
        modelBuilder.Entity<AssetLimitRow>().ToTable("asset_limit").HasKey(r => new { r.ChainId, r.AssetId });
        modelBuilder.Entity<ApiSecretRow>().ToTable("api_secret").HasKey(r => r.Name);
        modelBuilder.Entity<MinimumFeeRow>().ToTable("minimum_fee").HasKey(r => new { r.SourceChain, r.DestinationChain, r.AssetId });

        modelBuilder.Entity<AuditVerdictRow>().ToTable("audit_verdict").HasKey(r => r.Id);
        modelBuilder.Entity<AuditPauseRow>().ToTable("audit_pause").HasKey(r => new { r.ChainId, r.VerdictId });
        modelBuilder.Entity<LedgerAccountRow>().ToTable("ledger_account").HasKey(r => new { r.ChainId, r.AssetId });
        modelBuilder.Entity<LedgerFindingRow>().ToTable("ledger_finding").HasKey(r => r.Id);
        modelBuilder.Entity<LedgerAmendmentRow>().ToTable("ledger_amendment").HasKey(r => r.Id);
        modelBuilder.Entity<LedgerTotalRow>().ToTable("ledger_total").HasKey(r => new { r.SourceChain, r.DestinationChain, r.AssetId });
        modelBuilder.Entity<ReserveStatementRow>().ToTable("reserve_statement").HasKey(r => r.Id);
        modelBuilder.Entity<ReserveAssetRow>().ToTable("reserve_asset").HasKey(r => new { r.StatementId, r.AssetId });
        modelBuilder.Entity<ReserveSignatureRow>().ToTable("reserve_signature").HasKey(r => r.StatementId);

        modelBuilder.Entity<ChainStateRow>().ToTable("chain_state").HasKey(r => r.ChainId);
        modelBuilder.Entity<CoinPriceRow>().ToTable("coin_price").HasKey(r => new { r.ChainId, r.AssetId });
        modelBuilder.Entity<TokenSigningRow>().ToTable("token_signing").HasKey(r => new { r.ChainId, r.AssetId });
        modelBuilder.Entity<AccountLookRow>().ToTable("account_look").HasKey(r => new { r.ChainId, r.Account, r.AssetId });
        modelBuilder.Entity<QuoteRow>().ToTable("quote").HasKey(r => r.Id);
        modelBuilder.Entity<ApiKeyRow>().ToTable("api_key").HasKey(r => r.Id);
        modelBuilder.Entity<IdempotencyRow>().ToTable("idempotency").HasKey(r => new { r.Principal, r.Key });
        modelBuilder.Entity<ErrandRow>().ToTable("errand").HasKey(r => r.Id);
        modelBuilder.Entity<ErrandAttemptRow>().ToTable("errand_attempt").HasKey(r => r.TransactionHash);
        modelBuilder.Entity<TransferRegistrationRow>().ToTable("transfer_registration").HasKey(r => new { r.TransactionHash, r.QuoteId });
        modelBuilder.Entity<NudgeRow>().ToTable("nudge").HasKey(r => r.Id);
        modelBuilder.Entity<PaymasterRow>().ToTable("paymaster").HasKey(r => r.ChainId);
        modelBuilder.Entity<SponsorshipRow>().ToTable("sponsorship").HasKey(r => r.Id);
        modelBuilder.Entity<WebhookRow>().ToTable("webhook").HasKey(r => r.Id);
        modelBuilder.Entity<WebhookDeliveryRow>().ToTable("webhook_delivery").HasKey(r => r.Id);
        modelBuilder.Entity<WebhookAttemptRow>().ToTable("webhook_attempt").HasKey(r => r.Id);

        modelBuilder.Entity<ComplianceReferenceRow>().ToTable("compliance_reference").HasKey(r => r.Id);

        modelBuilder.Entity<LogPendingRow>().ToTable("log_pending").HasKey(r => r.Id);
        modelBuilder.Entity<LogEntryRow>().ToTable("log_entry").HasKey(r => r.LeafIndex);
        modelBuilder.Entity<LogNodeRow>().ToTable("log_node").HasKey(r => new { r.Level, r.Index });
        modelBuilder.Entity<LogHeadRow>().ToTable("log_head").HasKey(r => r.OnlyOne);
        modelBuilder.Entity<LogKeptRow>().ToTable("log_kept").HasKey(r => r.OnlyOne);
        modelBuilder.Entity<LogCheckpointRow>().ToTable("log_checkpoint").HasKey(r => r.Size);
        modelBuilder.Entity<LogWitnessRow>().ToTable("log_witness").HasKey(r => r.Account);
        modelBuilder.Entity<LogCosignatureRow>().ToTable("log_cosignature").HasKey(r => new { r.Size, r.Account });
        modelBuilder.Entity<LogAnchorRow>().ToTable("log_anchor").HasKey(r => new { r.ChainId, r.Size });
        modelBuilder.Entity<LogSeenRow>().ToTable("log_seen").HasKey(r => r.Origin);
        modelBuilder.Entity<AuditExportRow>().ToTable("audit_export").HasKey(r => r.Id);
        modelBuilder.Entity<AuditExportPartRow>().ToTable("audit_export_part").HasKey(r => new { r.ExportId, r.Part });

        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
            property.SetColumnName(InnerCapital().Replace(property.Name, "_$0").ToLowerInvariant());
    }

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex InnerCapital();
}
