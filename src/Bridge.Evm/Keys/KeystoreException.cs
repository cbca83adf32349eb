namespace Bridge.Evm;

/// <summary>A keystore file could not be opened or made. The message names the file and what to do, never the password or the key.</summary>
public sealed class KeystoreException(string path, string message, Exception? inner = null) : Exception($"{path}: {message}", inner)
{
    public string Path { get; } = path;
}
