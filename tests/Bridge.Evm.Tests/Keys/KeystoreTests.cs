using System.Text.Json.Nodes;
using Bridge.Core;

namespace Bridge.Evm.Tests;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class KeystoreTests : IDisposable
{
    private static readonly byte[] Key = Hex.Parse("0x4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318");

    private readonly string _folder = Directory.CreateTempSubdirectory("keystore").FullName;

    private string Path => System.IO.Path.Combine(_folder, "key.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Make() => Keystore.Create(Path, "password", Key, scryptN: 2);

    private string Refusal(Action<JsonObject> damage)
    {
        File.Delete(Path);
        Make();
        var json = JsonNode.Parse(File.ReadAllText(Path))!.AsObject();
        damage(json);
        File.WriteAllText(Path, json.ToJsonString());
        var refusal = Should.Throw<KeystoreException>(() => Keystore.Open(Path, "password"));
        refusal.Message.ShouldStartWith($"{Path}: ");
        refusal.Message.ShouldNotContain("password\"");
        return refusal.Message;
    }

    [Fact]
    public void A_key_that_is_stored_opens_again()
    {
        Make();
        using var opened = Keystore.Open(Path, "password");
        opened.Address.ShouldBe(Address.Parse("0x2c7536E3605D9C16a7a3D7b1898e529396a65c23"));
        File.ReadAllText(Path).ShouldNotContain("4c0883a6");
        File.GetUnixFileMode(Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void Two_files_of_one_key_have_nothing_in_common()
    {
        Make();
        var first = JsonNode.Parse(File.ReadAllText(Path))!["crypto"]!;
        File.Delete(Path);
        Make();
        var second = JsonNode.Parse(File.ReadAllText(Path))!["crypto"]!;
        ((string)second["ciphertext"]!).ShouldNotBe((string)first["ciphertext"]!);
        ((string)second["kdfparams"]!["salt"]!).ShouldNotBe((string)first["kdfparams"]!["salt"]!);
        ((string)second["cipherparams"]!["iv"]!).ShouldNotBe((string)first["cipherparams"]!["iv"]!);
    }

    [Fact]
    public void An_existing_file_is_never_overwritten()
    {
        File.WriteAllText(Path, "precious");
        Should.Throw<KeystoreException>(Make).Message.ShouldContain("cannot be made");
        File.ReadAllText(Path).ShouldBe("precious");
    }

    [Fact]
    public void Every_fault_of_a_file_is_named()
    {
        Refusal(f => f["version"] = 1).ShouldContain("keystore version 1");
        Refusal(f => f.Remove("crypto")).ShouldContain("has no 'crypto'");
        Refusal(f => f["crypto"]!["cipher"] = "aes-256-gcm").ShouldContain("the cipher 'aes-256-gcm'");
        Refusal(f => f["crypto"]!["kdf"] = "argon2id").ShouldContain("by 'argon2id'; only scrypt and pbkdf2");
        Refusal(f => f["crypto"]!["mac"] = new string('0', 64)).ShouldContain("the password is wrong, or the file is damaged");
        Refusal(f => f["crypto"]!["mac"] = "00").ShouldContain("'mac' must have 32 bytes, not 1");
        Refusal(f => f["crypto"]!["ciphertext"] = "zz").ShouldContain("'ciphertext' must be hex");
        Refusal(f => f["crypto"]!["ciphertext"] = new string('0', 62)).ShouldContain("'ciphertext' must have 32 bytes");
        Refusal(f => f["crypto"]!["kdfparams"]!["dklen"] = 16).ShouldContain("'dklen' must be 32");
        Refusal(f => f["crypto"]!["kdfparams"]!["n"] = 3).ShouldContain("power of two");
        Refusal(f => f["crypto"]!["kdfparams"]!["n"] = 1 << 24).ShouldContain("more than 1024 MiB");
        Refusal(f => f["crypto"]!["kdfparams"]!["p"] = 10_000_000).ShouldContain("out of range");
        Refusal(f => (f["crypto"]!["kdfparams"]!["n"], f["crypto"]!["kdfparams"]!["p"]) = (1 << 18, 1 << 10)).ShouldContain("would take minutes");
        Refusal(f => f["crypto"]!["kdfparams"]!["n"] = "2").ShouldContain("'n' must be a whole number");
        Refusal(f => f["address"] = new string('1', 40)).ShouldContain("its key belongs to 0x2c7536E3605D9C16a7a3D7b1898e529396a65c23");
        Refusal(f => (f["crypto"]!["kdf"], f["crypto"]!["kdfparams"]!["prf"]) = ("pbkdf2", "hmac-md5")).ShouldContain("'hmac-md5'");
        Refusal(f => (f["crypto"]!["kdf"], f["crypto"]!["kdfparams"]!["prf"], f["crypto"]!["kdfparams"]!["c"]) = ("pbkdf2", "hmac-sha256", 0)).ShouldContain("0 rounds");
    }

    [Fact]
    public void What_is_no_keystore_at_all_is_said_to_be_none()
    {
        Should.Throw<KeystoreException>(() => Keystore.Open(Path, "password")).Message.ShouldContain("cannot be read");
        File.WriteAllText(Path, "0x4c0883a6");
        Should.Throw<KeystoreException>(() => Keystore.Open(Path, "password")).Message.ShouldContain("is not JSON");
        File.WriteAllText(Path, "[]");
        Should.Throw<KeystoreException>(() => Keystore.Open(Path, "password")).Message.ShouldContain("has no 'version'");
    }

    [Theory]
    [InlineData("0x00")]
    [InlineData("0x0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141")]
    public void What_is_no_private_key_is_refused(string key)
    {
        Should.Throw<ArgumentException>(() => LocalSigner.FromPrivateKey(Hex.Parse(key)));
        Should.Throw<ArgumentException>(() => Keystore.Create(Path, "password", Hex.Parse(key), 2));
        File.Exists(Path).ShouldBeFalse();
    }

    [Fact]
    public void A_signer_never_shows_its_key_and_signs_nothing_once_disposed()
    {
        var signer = LocalSigner.FromPrivateKey(Key);
        signer.ToString().ShouldBe("local key of 0x2c7536E3605D9C16a7a3D7b1898e529396a65c23");
        typeof(LocalSigner).GetProperties().Select(p => p.Name).ShouldBe(["Address"]);
        signer.Dispose();
        Should.Throw<ObjectDisposedException>(() => signer.Sign(default));
    }
}
