using System.Net;
using System.Net.Http.Json;
using System.Security.Authentication;
using System.Text.Json;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>
/// A key in a signer of its own, asked over mutual TLS as Web3Signer is: <c>GET /api/v1/eth1/publicKeys</c> finds the key's name, and
/// <c>POST /api/v1/eth1/sign/{public key}</c> signs the keccak-256 of <c>data</c>. That takes EIP-712 digests and transactions alike, of any
/// chain; its JSON-RPC, which signs transactions of one configured chain, is not needed. It sees no more than bytes: what must never be signed
/// twice is kept here, in the signing log, before it is asked.
/// </summary>
public sealed class RemoteSigner : ISigner
{
    private const int Attempts = 4;
    private const int AtOnce = 8;

    private readonly RemoteSignerOptions _options;
    private readonly HttpClient _http;
    private readonly SemaphoreSlim _places = new(AtOnce);
    private string? _identifier;

    /// <exception cref="SignerException">A certificate file cannot be used.</exception>
    public RemoteSigner(Address address, RemoteSignerOptions options) => (Address, _options, _http) = (address, options, options.Connect());

    public Address Address { get; }

    public async Task<CompactSignature> SignAsync(byte[] preimage, CancellationToken ct)
    {
        await _places.WaitAsync(ct);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return SignerReply.Read(_options.Name, await AskAsync(preimage, ct), Keccak256.Hash(preimage), Address);
                }
                catch (SignerException e) when (e.MayPass && attempt < Attempts)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(200 * attempt * attempt), ct);
                }
            }
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _places.Dispose();
    }

    public override string ToString() => _options.Name;

    private async Task<string> AskAsync(byte[] preimage, CancellationToken ct)
    {
        _identifier ??= await IdentifierAsync(ct);
        try
        {
            return await SendAsync(new(HttpMethod.Post, $"api/v1/eth1/sign/{_identifier}") { Content = JsonContent.Create(new { data = Hex.Format(preimage) }) }, ct);
        }
        catch (SignerException)
        {
            _identifier = null; // Keys are loaded and unloaded there while it runs.
            throw;
        }
    }

    /// <summary>Web3Signer names a key by its public point, of which an address is a hash.</summary>
    private async Task<string> IdentifierAsync(CancellationToken ct)
    {
        var said = await SendAsync(new(HttpMethod.Get, "api/v1/eth1/publicKeys"), ct);
        try
        {
            var keys = JsonSerializer.Deserialize<string[]>(said) ?? [];
            return keys.FirstOrDefault(key => Hex.TryParse(key, out var point) && AddressOf(point) == Address)
                ?? throw new SignerException(_options.Name, $"it has {keys.Length} keys, and none of {Address}. Load that key, or give the address of one that it has");
        }
        catch (JsonException e)
        {
            throw new SignerException(_options.Name, "it does not list its keys as Web3Signer does at /api/v1/eth1/publicKeys. Is it Web3Signer in the mode eth1?", e);
        }
    }

    /// <summary>Null for what is no point of 64 bytes, with or without the leading 04.</summary>
    private static Address? AddressOf(byte[] point) => point.Length is 64 or 65 ? Address.OfPublicKey(point.AsSpan(point.Length - 64)) : null;

    private async Task<string> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_options.Timeout);
        try
        {
            using (request)
            using (var response = await _http.SendAsync(request, limit.Token))
                return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync(limit.Token) : throw Refusal(response.StatusCode);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new SignerException(_options.Name, $"no answer within {_options.Timeout.TotalSeconds:0.###} s", e) { MayPass = true };
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Failure(e);
        }
    }

    private SignerException Refusal(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound => new(_options.Name, $"it does not know the key of {Address}, or has no /api/v1/eth1. Is it Web3Signer in the mode eth1?"),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new(_options.Name, $"it refuses us ({(int)status}). Make our certificate known to it"),
        >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests => new(_options.Name, $"it answers {(int)status}. Look at its log") { MayPass = true },
        _ => new(_options.Name, $"it answers {(int)status}"),
    };

    private SignerException Failure(Exception e) => e is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } or { InnerException: AuthenticationException }
        ? new(_options.Name, $"no secure connection: its certificate is not by {_options.Authority} or not for this name, or it does not take {_options.Certificate}. {Innermost(e)}", e)
        : new(_options.Name, $"it cannot be reached, or ended the connection, as one does that does not take {_options.Certificate}. {Innermost(e)}", e) { MayPass = true };

    private static string Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e.Message;
}
