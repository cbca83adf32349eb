using Bridge.Api.Directory;
using Bridge.Api.Quotes;
using Microsoft.Extensions.FileProviders;

namespace Bridge.Api.Pages;

/// <summary>Serves src/Bridge.Web, which the build puts beside this program, and what it needs to know of the deployment.</summary>
internal static class PagesEndpoints
{
    // Named one by one: every other path keeps its answer, which is a problem document.
    private static readonly string[] Routes = ["/", "/t/{id}", "/nft", "/history", "/search", "/status", "/operator", "/audit"];

    private const string Unchanging = "public, max-age=31536000, immutable";

    public static void MapPages(this WebApplication app)
    {
        var all = app.Services.GetRequiredService<ApiOptions>();
        var options = all.Pages;
        var policy = PageHeaders.Policy(LocalNodes(options));
        app.MapGet("/pages/deployment.json", async (DirectoryCache directory, HttpContext context, TimeProvider time, CancellationToken ct) =>
        {
            context.Response.Headers.CacheControl = "no-cache";
            var read = await directory.ReadAsync(ct);
            return Results.Json(DeploymentBody.From(read, options, Submitters.Alive(read.Heartbeats, time.GetUtcNow(), all)));
        }).ExcludeFromDescription();

        var folder = Path.Combine(AppContext.BaseDirectory, "pages");
        var index = Path.Combine(folder, "index.html");
        if (!File.Exists(index))
        {
            app.Logger.LogWarning("there are no pages beside the program: run 'npm ci' and 'npm run build' in src/Bridge.Web, then build the API again. The API works without them");
            return;
        }
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(folder),
            // What is in assets/ has its hash in its name.
            OnPrepareResponse = file => PageHeaders.Write(file.Context.Response.Headers, policy, file.Context.Request.Path.StartsWithSegments("/assets") ? Unchanging : "no-cache"),
        });
        foreach (var route in Routes)
            app.MapGet(route, (HttpContext context) =>
            {
                PageHeaders.Write(context.Response.Headers, policy, "no-cache");
                return Results.File(index, "text/html; charset=utf-8");
            }).ExcludeFromDescription();
    }

    private static IEnumerable<string> LocalNodes(PagesOptions options) =>
        options.TestWallet.Length > 0 ? options.Chains.Values.Select(chain => new Uri(chain.Rpc).GetLeftPart(UriPartial.Authority)).Distinct() : [];
}
