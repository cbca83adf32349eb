namespace Bridge.Relayer.Configuration;

/// <summary>A key in a keystore file of version 3, as <c>cast wallet</c> and geth write it, or in a signer elsewhere. There is no default key.</summary>
public abstract record KeyOptions
{
    /// <summary>Path of the keystore file. In production nobody but its owner may use it, nor the password file.</summary>
    public string Keystore { get; init; } = "";

    /// <summary>Path of a file that holds the password; one trailing line break is ignored.</summary>
    public string PasswordFile { get; init; } = "";

    /// <summary>The password itself; only from the environment.</summary>
    public string Password { get; init; } = "";

    /// <summary>A signer that holds the key in place of a keystore.</summary>
    public SignerOptions Signer { get; init; } = new();

    public bool IsGiven => Keystore.Length > 0 || Signer.Use.Length > 0;

    /// <summary>Files whose content opens the key.</summary>
    public IEnumerable<(string Key, string Path)> SecretFiles => Signer.Use.Length > 0
        ? Signer.IsProgram ? [] : [("Signer:CertificateKey", Signer.CertificateKey)]
        : [(nameof(Keystore), Keystore), (nameof(PasswordFile), PasswordFile)];
}

/// <summary>A key that this process never has.</summary>
public sealed record SignerOptions
{
    private const string Program = "exec:";

    /// <summary>"https://host:port" of a signer that is asked as Web3Signer is, or "exec:/path and arguments" of a program; empty: the keystore.</summary>
    public string Use { get; init; } = "";

    /// <summary>Of the key that it must sign with. It is asked to prove that before anything starts.</summary>
    public string Address { get; init; } = "";

    /// <summary>Path of the certificate, PEM, by which the remote signer knows us.</summary>
    public string Certificate { get; init; } = "";

    /// <summary>Path of that certificate's private key, PEM. In production nobody but its owner may use it.</summary>
    public string CertificateKey { get; init; } = "";

    /// <summary>Path of the authority's certificates, PEM, by which we know the remote signer; its own if it is self-signed.</summary>
    public string Authority { get; init; } = "";

    /// <summary>Seconds before an attempt is given up. 1 to 120.</summary>
    public int TimeoutSeconds { get; init; } = 10;

    public bool IsProgram => Use.StartsWith(Program, StringComparison.Ordinal);

    /// <summary>The program's path, then its arguments, as spaces separate them.</summary>
    public IReadOnlyList<string> Command => IsProgram ? Use[Program.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
}

public sealed record AttesterOptions : KeyOptions
{
    /// <summary>Base URLs of relayers' APIs that get the attestations by HTTP.</summary>
    public IReadOnlyList<string> Relayers { get; init; } = [];

    /// <summary>Whether attestations also go over this node's bus.</summary>
    public bool OverBus { get; init; } = true;

    /// <summary>Path of the signing journal; empty: beside the keystore, with ".journal" behind its name. Required without a keystore. On a disk that keeps what it took.</summary>
    public string Journal { get; init; } = "";

    public string JournalPath => Journal.Length > 0 ? Journal : Keystore + ".journal";
}

public sealed record ExecutorOptions : KeyOptions
{
    /// <summary>Messages in one delivery at most. 128 to 2000; a certificate covers at least every 128th.</summary>
    public int MaxBatch { get; init; } = 512;

    /// <summary>
    /// Deliveries of one lane that may be underway at once. 1 to 64. Above 1 each next one is simulated on what is pending, which needs endpoints whose
    /// pending block holds the transactions that they were sent; where it does not, one is underway at a time.
    /// </summary>
    public int MaxInFlight { get; init; } = 1;

    /// <summary>Gas of one delivery at most. 200,000 to 16,777,216, the cap on one transaction of EIP-7825.</summary>
    public ulong MaxGas { get; init; } = 16_000_000;

    /// <summary>Gwei per gas that a transaction may offer at most, replacements included. 1 to 100,000.</summary>
    public ulong MaxFeeGwei { get; init; } = 500;

    /// <summary>Gwei that one delivery may cost at most, with what the chain takes for its data. 1 to 10^12, a thousand coins.</summary>
    public ulong MaxCostGwei { get; init; } = 1_000_000_000;

    /// <summary>Deliveries for which the account's balance must last, or it is said to run low. 0 to 1,000,000.</summary>
    public int LowWaterDeliveries { get; init; } = 100;

    /// <summary>Seconds for which messages that could be delivered wait at most until their fees pay for the gas; 0: none waits. 0 to 86,400.</summary>
    public int MaxWaitSeconds { get; init; }

    /// <summary>Seconds before an unmined transaction is replaced at the same nonce. 1 to 3600.</summary>
    public int ResubmitSeconds { get; init; } = 15;

    /// <summary>Seconds for which one process holds an account's nonces. 5 to 600.</summary>
    public int LeaseSeconds { get; init; } = 15;
}
