using System.Text.Json;
using Bridge.Evm;

namespace Bridge.SystemTests.Harness;

/// <summary>Programs that sign: a script around <c>cast wallet sign</c>, which knows nothing of this project, and scripts that misbehave.</summary>
internal static class SigningProgram
{
    /// <summary>Signs with the key, from a keystore of its own.</summary>
    /// <param name="folder">Also gets the file seen, with what the program was given.</param>
    public static string Write(string folder, string name, byte[] key, string password)
    {
        var (keystore, secret) = (Path.Combine(folder, name + ".program.keystore"), Path.Combine(folder, name + ".program.password"));
        Keystore.Create(keystore, password, key, scryptN: 2);
        File.WriteAllText(secret, password);
        return Script(folder, name, $$"""
            #!/usr/bin/env node
            const fs = require("fs");
            const question = fs.readFileSync(0, "utf8");
            fs.writeFileSync({{Quoted(Path.Combine(folder, "seen"))}}, JSON.stringify({ question, arguments: process.argv.slice(2), environment: process.env }));
            const answer = require("child_process").execFileSync({{Quoted(Machine.Cast)}}, ["wallet", "sign", "--no-hash", JSON.parse(question).digest, "--keystore", {{Quoted(keystore)}}, "--password-file", {{Quoted(secret)}}]);
            process.stdout.write(answer);
            """);
    }

    public static string Script(string folder, string name, string text)
    {
        var file = Path.Combine(folder, name);
        File.WriteAllText(file, text);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
