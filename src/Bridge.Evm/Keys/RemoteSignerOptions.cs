using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Bridge.Evm;

/// <summary>Where a remote signer is and how the two ends know each other.</summary>
/// <param name="Url">https only.</param>
/// <param name="Certificate">Path of our certificate with its chain, PEM.</param>
/// <param name="CertificateKey">Path of its private key, PEM, not encrypted.</param>
/// <param name="Authority">Path of the certificates, PEM, of which one must have signed the signer's; a self-signed one is its own.</param>
/// <param name="Timeout">Of one attempt.</param>
public sealed record RemoteSignerOptions(Uri Url, string Certificate, string CertificateKey, string Authority, TimeSpan Timeout)
{
    /// <summary>Both ends prove who they are, and the system's authorities are not asked: whoever could get a certificate from one of them is no signer.</summary>
    /// <exception cref="SignerException">A file cannot be read or holds something else.</exception>
    internal HttpClient Connect()
    {
        var authority = new X509Certificate2Collection();
        X509Certificate2 own;
        try
        {
            authority.ImportFromPemFile(Authority);
            own = X509Certificate2.CreateFromPemFile(Certificate, CertificateKey);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new SignerException(Name, $"one of {Certificate}, {CertificateKey} and {Authority} is not such a PEM file: {e.Message}", e);
        }
        if (authority.Count == 0) throw new SignerException(Name, $"{Authority} holds no certificate");
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authority);
        var intermediates = new X509Certificate2Collection();
        intermediates.ImportFromPemFile(Certificate);
        return new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = Timeout, PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificateContext = SslStreamCertificateContext.Create(own, intermediates, offline: true), CertificateChainPolicy = policy,
            },
        })
        { BaseAddress = Url, Timeout = System.Threading.Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = 1 << 20 };
    }

    /// <summary>Without path, query and user: those may hold a secret.</summary>
    internal string Name => RpcEndpoint.Describe(Url);
}
