using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Bridge.Core;
using Bridge.Evm;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.SystemTests.Harness;

/// <summary>
/// A server over mutual TLS with the two requests of Web3Signer's mode eth1 that are asked for: it lists public points, and signs the keccak-256
/// of what it is given. It can also misbehave.
/// </summary>
internal sealed class SignerServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly LocalSigner _signer;
    private readonly string _point;
    private int _failures;

    private SignerServer(WebApplication app, byte[] key)
    {
        (_app, _signer) = (app, LocalSigner.FromPrivateKey(key));
        using var curve = ECDsa.Create(new ECParameters { Curve = ECCurve.CreateFromValue("1.3.132.0.10"), D = key });
        var point = curve.ExportParameters(false).Q;
        _point = Hex.Format([.. point.X!, .. point.Y!]);
    }

    public Address Address => _signer.Address;

    public Uri Url { get; private set; } = null!;

    /// <summary>Bodies of the requests to sign, as they came.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>How many of the next requests to sign are answered with 503.</summary>
    public int Failures { set => _failures = value; }

    /// <summary>How long an answer takes.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Signs in place of the key that is listed.</summary>
    public LocalSigner? Impostor { get; set; }

    /// <summary>Changes the 65 bytes of an answer.</summary>
    public Func<byte[], byte[]> Twist { get; set; } = bytes => bytes;

    /// <param name="clients">Who signed the certificates of those who may ask.</param>
    public static async Task<SignerServer> StartAsync(byte[] key, X509Certificate2 own, X509Certificate2 clients)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
        {
            https.ServerCertificate = own;
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (certificate, _, _) => IsBy(certificate, clients);
        })));
        builder.Services.AddRoutingCore();
        var server = new SignerServer(builder.Build(), key);
        server._app.UseRouting();
        server._app.MapGet("/api/v1/eth1/publicKeys", async (HttpContext context) => await context.Response.WriteAsync(JsonSerializer.Serialize(new[] { "0x" + new string('1', 128), server._point })));
        server._app.MapPost("/api/v1/eth1/sign/{identifier}", async (HttpContext context, string identifier) => await server.SignAsync(context, identifier));
        await server._app.StartAsync();
        server.Url = new Uri(server._app.Urls.Single());
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _signer.Dispose();
    }

    private async Task SignAsync(HttpContext context, string identifier)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        Asked.Enqueue(body);
        await Task.Delay(Delay, context.RequestAborted);
        if (identifier != _point) context.Response.StatusCode = 404;
        else if (Interlocked.Decrement(ref _failures) >= 0) context.Response.StatusCode = 503;
        else await context.Response.WriteAsync(Answer(Hex.Parse(JsonDocument.Parse(body).RootElement.GetProperty("data").GetString()!)));
    }

    private string Answer(byte[] data)
    {
        var bytes = (Impostor ?? _signer).Sign(Keccak256.Hash(data)).ToArray();
        var v = (byte)(27 + (bytes[32] >> 7));
        bytes[32] &= 0x7f;
        return Hex.Format(Twist([.. bytes, v]));
    }

    private static bool IsBy(X509Certificate2 certificate, X509Certificate2 authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        return chain.Build(certificate);
    }
}
