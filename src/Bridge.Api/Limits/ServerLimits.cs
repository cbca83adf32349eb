using Microsoft.AspNetCore.Server.Kestrel.Core;
using Npgsql;

namespace Bridge.Api.Limits;

/// <summary>What one connection, one request and one question to the database may cost.</summary>
internal static class ServerLimits
{
    private const int BodyBytes = 64 * 1024;
    private const int HeaderBytes = 16 * 1024;
    private const int LineBytes = 8 * 1024;
    private const int Connections = 20_000;

    /// <summary>Longer than any question of the API takes beside a million transfers.</summary>
    private const int StatementMilliseconds = 5000;

    public static void Apply(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = BodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = HeaderBytes;
        kestrel.Limits.MaxRequestLineSize = LineBytes;
        kestrel.Limits.MaxConcurrentConnections = Connections;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(240, TimeSpan.FromSeconds(5));
        kestrel.Limits.MinResponseDataRate = new MinDataRate(240, TimeSpan.FromSeconds(10));
    }

    /// <summary>The server itself ends a statement that takes too long: a caller who left cannot.</summary>
    public static string Database(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        builder.Options = $"{builder.Options} -c statement_timeout={StatementMilliseconds}".Trim();
        return builder.ConnectionString;
    }
}
