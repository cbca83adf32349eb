using System.Net;
using System.Net.Sockets;

namespace Bridge.Api.Webhooks;

/// <summary>The URL or what its host resolves to may not be reached. The message says why.</summary>
internal sealed class TargetRefusedException(string message) : Exception(message);

/// <summary>How names are resolved; the system's resolver in production.</summary>
internal delegate Task<IPAddress[]> Resolve(string host, CancellationToken ct);

/// <summary>
/// Where webhooks may be sent: to the public internet, and to networks that the operator named. Asked when a URL is registered, and again of the
/// addresses that a connection is really made to.
/// </summary>
internal sealed class WebhookTargets(IReadOnlyList<IPNetwork> allowed, Resolve resolve)
{
    private const int MaxUrl = 2048;
    private static readonly int[] Ports = [443, 8443];

    public static WebhookTargets From(ApiOptions options) => new(
        [.. options.WebhookNetworks.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(IPNetwork.Parse)], (host, ct) => Dns.GetHostAddressesAsync(host, ct));

    /// <summary>Checks a URL as it would be used.</summary>
    /// <exception cref="TargetRefusedException">It may not be used.</exception>
    public async Task<Uri> CheckAsync(string? text, CancellationToken ct)
    {
        if (text is null or { Length: 0 or > MaxUrl } || !Uri.TryCreate(text, UriKind.Absolute, out var url)) throw new TargetRefusedException($"It is not an absolute URL of at most {MaxUrl} characters.");
        if (url.Scheme is not ("https" or "http")) throw new TargetRefusedException($"The scheme {url.Scheme} is not https.");
        if (url.UserInfo.Length > 0) throw new TargetRefusedException("A user in the URL is refused: it hides where the URL leads.");
        if (url.Fragment.Length > 0) throw new TargetRefusedException("A fragment is never sent, so it cannot be meant.");
        var addresses = await ResolveAsync(url.DnsSafeHost, ct);
        if (addresses.All(IsAllowed)) return url;
        if (url.Scheme is not "https") throw new TargetRefusedException("Only https is sent over the internet.");
        return Ports.Contains(url.Port) ? url : throw new TargetRefusedException($"Port {url.Port} is refused; use 443 or 8443.");
    }

    /// <summary>Every address of a host, or nothing: one bad address among good ones is how a name is made to lead inside.</summary>
    /// <exception cref="TargetRefusedException">One of them may not be reached, or there is none.</exception>
    public async Task<IPAddress[]> ResolveAsync(string host, CancellationToken ct)
    {
        IPAddress[] addresses;
        try
        {
            addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, ct);
        }
        catch (SocketException e)
        {
            throw new TargetRefusedException($"The host {host} cannot be resolved: {e.Message}.");
        }
        if (addresses.Length == 0) throw new TargetRefusedException($"The host {host} has no address.");
        // Not which address it is: that would make this a way to look around inside.
        return addresses.All(address => IsAllowed(address) || PublicAddress.Is(address)) ? addresses : throw new TargetRefusedException($"The host {host} has an address that is not on the public internet.");
    }

    private bool IsAllowed(IPAddress address) => allowed.Any(network => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));
}
