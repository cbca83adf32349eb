using System.Text.Json.Serialization;
using Bridge.Api;
using Bridge.Api.Attestations;
using Bridge.Api.Description;
using Bridge.Api.Directory;
using Bridge.Api.Health;
using Bridge.Api.Pages;
using Bridge.Api.Problems;
using Bridge.Api.Quotes;
using Bridge.Api.Submissions;
using Bridge.Api.Transfers;
using Bridge.Api.Webhooks;
using Bridge.Store;

var builder = WebApplication.CreateBuilder(args);
ApiOptions options;
try
{
    options = ApiOptions.Read(builder.Configuration);
    builder.Services.AddSingleton(options).AddSingleton(TimeProvider.System).AddBridgeStore(ApiOptions.Database(builder.Configuration));
}
catch (InvalidOperationException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}

builder.WebHost.UseUrls(options.Urls.Split(';'));
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 64 * 1024);
builder.Logging.ClearProviders().AddJsonConsole(json => { json.UseUtcTimestamp = true; json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.ffffffZ"; });
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
builder.Services.ConfigureHttpJsonOptions(json =>
{
    json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
    json.SerializerOptions.NumberHandling = JsonNumberHandling.AllowReadingFromString;
    json.SerializerOptions.AllowDuplicateProperties = false;
    json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
});
builder.Services.AddOpenApi("v1", description =>
{
    description.AddOperationTransformer(Examples.AddAsync);
    // Where a reader fetched it from is where it serves.
    description.AddDocumentTransformer((document, _, _) => { document.Servers = []; return Task.CompletedTask; });
});
builder.Services.AddQuotes().AddSubmissions().AddWebhooks();
builder.Services.AddSingleton<AttestationIntake>().AddSingleton<DirectoryCache>().AddHostedService<WarmUp>();

var app = builder.Build();
app.UseExceptionHandler(handler => handler.Run(ProblemHandler.WriteAsync));
app.UseStatusCodePages(ProblemHandler.WriteStatusAsync);
app.MapOpenApi("/openapi/{documentName}.json");
app.MapDirectory();
app.MapTransfers();
app.MapAttestations();
app.MapQuotes();
app.MapSubmissions();
app.MapRetries();
app.MapWebhooks();
app.MapHealth();
app.MapProblems();
app.MapPages();
await app.RunAsync();
return 0;
