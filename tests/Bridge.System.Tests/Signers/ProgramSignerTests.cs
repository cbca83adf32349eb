using System.Text.Json;
using Bridge.Core;
using Bridge.Evm;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests.Signers;

/// <summary>Signers that are programs of their own.</summary>
[Collection(WholeProcess.Name)]
public sealed class ProgramSignerTests : IDisposable
{
    private static readonly byte[] Key = Keccak256.Hash("a key behind a program"u8).ToArray();
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("bridge-program-").FullName;
    private readonly LocalSigner _local = LocalSigner.FromPrivateKey(Key);

    public void Dispose()
    {
        _local.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_program_signs_as_the_key_itself_would_and_is_given_the_preimage_with_its_digest()
    {
        var program = SigningProgram.Write(_folder, "sign", Key, "only for tests");
        using var signer = new ProgramSigner(_local.Address, program, [], Long);

        (await signer.SignAsync([0x19, 1, 2], default)).ShouldBe(_local.Sign(Keccak256.Hash([0x19, 1, 2])));

        var question = JsonDocument.Parse(Seen().GetProperty("question").GetString()!).RootElement;
        question.GetProperty("version").GetInt32().ShouldBe(1);
        question.GetProperty("address").GetString().ShouldBe(_local.Address.ToString());
        question.GetProperty("preimage").GetString().ShouldBe("0x190102");
        question.GetProperty("digest").GetString().ShouldBe(Keccak256.Hash([0x19, 1, 2]).ToString());
    }

    [Fact]
    public async Task No_shell_reads_the_arguments_and_the_nodes_own_secrets_are_not_handed_on()
    {
        var program = SigningProgram.Write(_folder, "sign", Key, "only for tests");
        var pwned = Path.Combine(_folder, "pwned");
        Environment.SetEnvironmentVariable("Bridge__Database", "Host=x;Password=secret");
        try
        {
            using var signer = new ProgramSigner(_local.Address, program, ["$(touch", $"{pwned});touch", pwned, "a;b"], Long);
            await SignerChallenge.PassAsync(signer, default);
        }
        finally
        {
            Environment.SetEnvironmentVariable("Bridge__Database", null);
        }

        Seen().GetProperty("arguments").EnumerateArray().Select(one => one.GetString()).ShouldBe(["$(touch", $"{pwned});touch", pwned, "a;b"]);
        File.Exists(pwned).ShouldBeFalse();
        Seen().GetProperty("environment").EnumerateObject().Select(one => one.Name).ShouldNotContain(name => name.StartsWith("Bridge__", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("echo one >&2; echo 'the card is out' >&2; exit 3", "it ended with 3: the card is out")]
    [InlineData("exit 1", "it ended with 1: it said nothing")]
    [InlineData("echo hello", "65 bytes")]
    [InlineData("true", "65 bytes")]
    [InlineData("head -c 10000000 /dev/zero", "65 bytes")]
    public async Task A_program_that_does_not_sign_is_told(string body, string said)
    {
        using var signer = new ProgramSigner(_local.Address, SigningProgram.Script(_folder, "bad", $"#!/bin/sh\n{body}\n"), [], Long);
        (await Should.ThrowAsync<SignerException>(() => SignerChallenge.PassAsync(signer, default))).Message.ShouldContain(said);
    }

    [Fact]
    public async Task A_program_that_signs_with_another_key_is_refused()
    {
        var program = SigningProgram.Write(_folder, "other", Keccak256.Hash("another key"u8).ToArray(), "only for tests");
        using var signer = new ProgramSigner(_local.Address, program, [], Long);
        (await Should.ThrowAsync<SignerException>(() => SignerChallenge.PassAsync(signer, default))).Message.ShouldContain($"does not lead back to {_local.Address}");
    }

    [Fact]
    public async Task A_program_that_hangs_is_killed_with_what_it_started()
    {
        var pid = Path.Combine(_folder, "pid");
        var program = SigningProgram.Script(_folder, "hangs", $"#!/bin/sh\nsleep 1000 &\necho $! > {pid}\nwait\n");
        using var signer = new ProgramSigner(_local.Address, program, [], TimeSpan.FromSeconds(10));

        (await Should.ThrowAsync<SignerException>(() => SignerChallenge.PassAsync(signer, default))).Message.ShouldContain("it was killed");
        await Eventually.TrueAsync("the sleeping child to be gone", () => Task.FromResult(IsGone(File.ReadAllText(pid).Trim())));
    }

    [Fact]
    public async Task A_program_that_is_not_there_or_is_no_program_is_told()
    {
        using var missing = new ProgramSigner(_local.Address, Path.Combine(_folder, "missing"), [], Long);
        (await Should.ThrowAsync<SignerException>(() => SignerChallenge.PassAsync(missing, default))).Message.ShouldContain("cannot be started");
    }

    /// <summary>Nobody has to have waited for it: a process that is only waited for is dead.</summary>
    private static bool IsGone(string pid) => !File.Exists($"/proc/{pid}/stat") || File.ReadAllText($"/proc/{pid}/stat").Split(") ")[1].StartsWith('Z');

    private JsonElement Seen() => JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "seen"))).RootElement;
}
