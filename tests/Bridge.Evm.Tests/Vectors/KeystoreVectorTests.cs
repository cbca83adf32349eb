using System.Text;
using System.Text.Json;
using Bridge.Core;

namespace Bridge.Evm.Tests;

public sealed class KeystoreVectorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("keystore-vectors").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Files_by_ethers_cast_and_the_definition_open_to_their_keys()
    {
        var files = VectorFile.Cases("keystores", atLeast: 11).Where(v => v.TryGetProperty("file", out _)).ToArray();
        files.Count(v => v.GetRawText().Contains("\"pbkdf2\"")).ShouldBe(3);
        files.Count(v => v.GetRawText().Contains("\"scrypt\"")).ShouldBe(8);
        foreach (var vector in files)
        {
            var path = Path.Combine(_folder, "key.json");
            File.WriteAllText(path, vector.GetProperty("file").GetRawText());
            using var expected = LocalSigner.FromPrivateKey(vector.Bytes("privateKey"));
            using var opened = Keystore.Open(path, vector.Text("password"));
            opened.Address.ShouldBe(expected.Address, vector.Text("name"));
            opened.Sign(new Hash32(new byte[32])).ShouldBe(expected.Sign(new Hash32(new byte[32])));
        }
    }

    [Fact]
    public void A_wrong_password_opens_no_file()
    {
        foreach (var vector in VectorFile.Cases("keystores", atLeast: 11).Where(v => v.TryGetProperty("file", out _) && !v.GetRawText().Contains("262144")))
        {
            var path = Path.Combine(_folder, "key.json");
            File.WriteAllText(path, vector.GetProperty("file").GetRawText());
            foreach (var wrong in new[] { vector.Text("password") + " ", vector.Text("password") + "\n", "wrong" })
                Should.Throw<KeystoreException>(() => Keystore.Open(path, wrong)).Message.ShouldContain("password is wrong");
        }
    }

    [Fact]
    public void Scrypt_is_that_of_openssl()
    {
        var derivations = VectorFile.Cases("keystores", atLeast: 11).Where(v => v.TryGetProperty("salt", out _)).ToArray();
        derivations.Length.ShouldBe(4);
        foreach (var v in derivations)
        {
            int Number(string key) => v.GetProperty(key).GetInt32();
            var key = Scrypt.DeriveKey(Encoding.UTF8.GetBytes(v.Text("password")), v.Bytes("salt"), Number("n"), Number("r"), Number("p"), Number("length"));
            Hex.Format(key).ShouldBe(v.Text("key"), v.Text("name"));
        }
    }
}
