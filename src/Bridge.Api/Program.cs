using System.Text.Json.Serialization;
using Bridge.Api;
using Bridge.Api.Attestations;
using Bridge.Api.Audit;
using Bridge.Api.AuditLog;
using Bridge.Api.Compliance;
using Bridge.Api.Description;
using Bridge.Api.Directory;
using Bridge.Api.Health;
using Bridge.Api.Keys;
using Bridge.Api.Limits;
using Bridge.Api.Pages;
using Bridge.Api.Paymaster;
using Bridge.Api.Problems;
using Bridge.Api.Quotes;
using Bridge.Api.Rewards;
using Bridge.Api.Search;
using Bridge.Api.Standing;
using Bridge.Api.Streams;
using Bridge.Api.Submissions;
using Bridge.Api.Transfers;
using Bridge.Api.Webhooks;
using Bridge.Store;

var builder = WebApplication.CreateBuilder(args);
ApiOptions options;
try
{
    options = ApiOptions.Read(builder.Configuration);
    builder.Services.AddSingleton(options).AddSingleton(TimeProvider.System).AddBridgeStore(ServerLimits.Database(ApiOptions.Database(builder.Configuration)));
}
catch (InvalidOperationException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}

builder.WebHost.UseUrls(options.Urls.Split(';'));
builder.WebHost.ConfigureKestrel(ServerLimits.Apply);
builder.Logging.ClearProviders().AddJsonConsole(json => { json.UseUtcTimestamp = true; json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.ffffffZ"; });
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
builder.Services.ConfigureHttpJsonOptions(json =>
{
    json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
    json.SerializerOptions.NumberHandling = JsonNumberHandling.AllowReadingFromString;
    json.SerializerOptions.AllowDuplicateProperties = false;
    json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
});
builder.Services.AddOpenApi("v1", description =>
{
    description.AddOperationTransformer(RequestHeaders.AddAsync).AddOperationTransformer(Examples.AddAsync);
    description.AddDocumentTransformer(RequestHeaders.AddSchemeAsync).AddDocumentTransformer(AnswerSchemas.MendAsync);
    // Where a reader fetched it from is where it serves.
    description.AddDocumentTransformer((document, _, _) => { document.Servers = []; return Task.CompletedTask; });
});
builder.Services.AddCors();
builder.Services.AddSingleton<AttestationIntake>().AddHostedService<WarmUp>();
builder.Services.AddReading().AddQuotes().AddSubmissions().AddPaymaster().AddWebhooks();

var app = builder.Build();
app.UseTrustedProxies(options);
app.UseSecurityHeaders();
app.UseExceptionHandler(handler => handler.Run(ProblemHandler.WriteAsync));
app.UseStatusCodePages(ProblemHandler.WriteStatusAsync);
app.UseCrossOrigin(options);
app.UseMiddleware<CallerMiddleware>();
app.UseMiddleware<RateLimitMiddleware>();
app.UseWebSockets();
app.MapOpenApi("/openapi/{documentName}.json");
app.MapDirectory();
app.MapTransfers();
app.MapSignedCheckpoints();
app.MapStreams();
app.MapStanding();
app.MapAudit();
app.MapRewards();
app.MapSearch();
app.MapAttestations();
app.MapQuotes();
app.MapSubmissions();
app.MapRetries();
app.MapCompliance();
app.MapPaymaster();
app.MapWebhooks();
app.MapAuditLog();
app.MapCosignatures();
app.MapExports();
app.MapHealth();
app.MapPlaybooks();
app.MapPages();
await app.RunAsync();
return 0;
