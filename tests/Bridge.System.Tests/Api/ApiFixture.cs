using System.Net;
using System.Text;
using System.Text.Json;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Store;
using Bridge.SystemTests.Harness;
using Bridge.SystemTests.Store;
using Npgsql;

namespace Bridge.SystemTests.Api;

/// <summary>The API's process on a database of this class's own, logged in with no more than the role bridge_api.</summary>
public class ApiFixture : IAsyncLifetime
{
    private readonly string _login = $"api_{Guid.NewGuid():N}";
    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("bridge-api-").FullName;
    private ApiProcess? _process;
    private static readonly HttpClient Http = new();

    public StoreFixture Store { get; } = new();

    /// <summary>Four validators in the order of the set.</summary>
    public IReadOnlyList<LocalSigner> Validators { get; } =
        [.. Enumerable.Range(1, 4).Select(n => LocalSigner.FromPrivateKey(Scene.Hash((ulong)n).ToArray())).OrderBy(signer => signer.Address)];

    public Address Bridge { get; } = Scene.Someone(2);

    /// <summary>Further keys of the configuration, as the environment spells them.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>();

    public Uri Url => _process!.Url;

    public string Said => _process!.Output;

    public ValidatorSet Set => new(new Epoch(1), [.. Validators.Select(v => v.Address)], 3);

    public async Task InitializeAsync()
    {
        await Store.InitializeAsync();
        await Store.ExecuteAsync($"CREATE ROLE {_login} LOGIN PASSWORD '{_login}' IN ROLE bridge_api");
        var connection = new NpgsqlConnectionStringBuilder(Store.ConnectionString) { Username = _login, Password = _login };
        _process = await ApiProcess.StartAsync(connection.ConnectionString, _folder, Settings);
    }

    public async Task DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await Store.ExecuteAsync($"DROP OWNED BY {_login}");
        await Store.ExecuteAsync($"DROP ROLE {_login}");
        await Store.DisposeAsync();
        foreach (var validator in Validators) validator.Dispose();
        System.IO.Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A lane whose destination has the four validators and whose assets are known on both ends.</summary>
    public async Task<Scene> SceneAsync(int final)
    {
        var scene = await Scene.FinalAsync(Store, final);
        await Store.Directory.SaveValidatorSetAsync(scene.Lane.Destination, Bridge, Set, current: true, default);
        await Store.Directory.SaveAssetsAsync(
            [
                new AssetRow(scene.Lane.Source, new AssetId(1), Scene.Someone(100), "lock", "TKN", 18),
                new AssetRow(scene.Lane.Destination, new AssetId(1), Scene.Someone(101), "mint", "bTKN", 18),
            ], default);
        return scene;
    }

    public Attestation Sign(Scene scene, Checkpoint checkpoint, LocalSigner by, ulong epoch = 1) => new(
        scene.Lane, checkpoint, new Epoch(epoch), by.Sign(checkpoint.Digest(new Eip712Domain(scene.Lane.Destination, Bridge), new Epoch(epoch))));

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Answer> PostAsync(string path, string body, string type = "application/json") =>
        SendAsync(HttpMethod.Post, path, new StringContent(body, Encoding.UTF8, type), []);

    private async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content, (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(_process!.Url, path)) { Content = content };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer(
            response.StatusCode, text, response.Content.Headers.ContentType?.MediaType,
            response.Headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
    }
}

public sealed record Answer(HttpStatusCode Status, string Text, string? Type, Dictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    /// <summary>Follows object members by name: Text("source", "chain").</summary>
    public string? At(params string[] path) => path.Aggregate(Json, (element, name) => element.GetProperty(name)).ToString();

    public void ShouldBeProblem(HttpStatusCode status, string code)
    {
        (Status, Type).ShouldBe((status, "application/problem+json"), Text);
        At("code").ShouldBe(code);
        At("status").ShouldBe(((int)status).ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach (var member in new[] { "type", "title", "detail", "instance", "retryable", "traceId" }) Json.TryGetProperty(member, out _).ShouldBeTrue(member);
    }
}
