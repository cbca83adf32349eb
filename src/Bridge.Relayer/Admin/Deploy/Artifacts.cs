using System.Text.Json;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Cli;

namespace Bridge.Relayer.Admin.Deploy;

/// <summary>forge's build of the contracts.</summary>
/// <param name="folder">contracts/out of a tree in which 'npm run build' or 'forge build' was run.</param>
internal sealed class Artifacts(string folder)
{
    /// <summary>The code that makes a contract, with what its constructor takes.</summary>
    /// <param name="types">Of the constructor, such as "(address,uint8)".</param>
    /// <exception cref="UserException">It is not built.</exception>
    public byte[] InitCode(string contract, string types, params object[] arguments)
    {
        var path = Path.Combine(folder, contract + ".sol", contract + ".json");
        if (!File.Exists(path)) throw new UserException($"--artifacts: {contract} is not built in '{folder}'. Run 'npm ci && npx forge build' in contracts/.");
        using var artifact = JsonDocument.Parse(File.ReadAllText(path));
        var code = Hex.Parse(artifact.RootElement.GetProperty("bytecode").GetProperty("object").GetString()!);
        return [.. code, .. AbiEncoder.Encode(AbiType.Parse(types), arguments)];
    }
}
