using System.Net.Sockets;
using Npgsql;

namespace Bridge.Store;

public enum FaultKind
{
    /// <summary>Two transactions got in each other's way and the server undid this one: do all of it again.</summary>
    Conflict,

    /// <summary>The connection is gone or was refused. What was not committed is undone; a COMMIT in flight may have happened.</summary>
    Away,

    /// <summary>This server may only be read: a standby, or a primary that became one. Another server, or a later time, will do.</summary>
    ReadOnly,

    /// <summary>No connection, memory or disk is left. Trying at once would add to it.</summary>
    Full,
}

/// <summary>What an error of the database means; nobody else looks at SQLSTATEs to decide whether to try again.</summary>
/// <param name="Code">SQLSTATE, or "connection" and "pool" for what no server said.</param>
public sealed record DatabaseFault(FaultKind Kind, string Code)
{
    /// <summary>Null for what trying again cannot mend: a broken rule, a wrong statement, a missing right.</summary>
    public static DatabaseFault? Of(Exception? error) => error switch
    {
        PostgresException { SqlState: var state } => OfState(state) is { } kind ? new DatabaseFault(kind, state) : null,
        CommitOutcomeUnknownException => Of(error.InnerException),
        // The only trace of a pool without a free connection is this text of Npgsql's.
        NpgsqlException when error.Message.Contains("pool has been exhausted", StringComparison.Ordinal) => new DatabaseFault(FaultKind.Full, "pool"),
        NpgsqlException { InnerException: PostgresException inner } => Of(inner),
        NpgsqlException { IsTransient: true } or NpgsqlException { InnerException: IOException or SocketException or TimeoutException or ObjectDisposedException }
            => new DatabaseFault(FaultKind.Away, "connection"),
        // Entity Framework hides a passing fault in one of these.
        InvalidOperationException { InnerException: NpgsqlException inner } => Of(inner),
        TimeoutException or SocketException => new DatabaseFault(FaultKind.Away, "connection"),
        _ => null,
    };

    private static FaultKind? OfState(string state) => state switch
    {
        "40001" or "40P01" or "55P03" => FaultKind.Conflict,
        "25006" => FaultKind.ReadOnly,
        "57P01" or "57P02" or "57P03" or "57P05" or "25P03" => FaultKind.Away,
        _ when state.StartsWith("08", StringComparison.Ordinal) => FaultKind.Away,
        _ when state.StartsWith("53", StringComparison.Ordinal) => FaultKind.Full,
        _ => null,
    };
}

/// <summary>
/// The answer to a COMMIT was lost: it may have happened or not. Everything that is written can be written again, so whoever gets this reads
/// again and goes on from what is there; nothing is assumed.
/// </summary>
public sealed class CommitOutcomeUnknownException(Exception cause)
    : NpgsqlException($"the database did not answer a COMMIT ({cause.Message}); what became of it is read again", cause);
