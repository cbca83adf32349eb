namespace Bridge.Relayer.Configuration;

/// <summary>A file whose content opens a key.</summary>
internal static class SecretFile
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Whether any but its owner can do anything with it. Windows has no such modes and is not asked.</summary>
    /// <exception cref="IOException">There is no such file.</exception>
    public static bool IsShared(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0;

    /// <summary>Whether any but its owner can write to it.</summary>
    /// <exception cref="IOException">There is no such file.</exception>
    public static bool IsChangedByOthers(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0;
}
