using Bridge.Store;
using Bridge.SystemTests.Store;

namespace Bridge.SystemTests.Api.Compliance;

/// <summary>Who attaches references to transfers, with a key of its own.</summary>
internal sealed class Integrator
{
    /// <summary>In the name of every key; no answer may say it.</summary>
    public const string Holder = "Example Exchange";

    public const string Uuid = "6f1f9a3e-6f0c-4d5e-9a53-0f3c8f7a9b11";

    public static readonly string Hash = Scene.Hash(4711).ToString();

    private Integrator(Uri url, string key) => (Ask, Key, KeyId) = (new Asking(url, key), key, Guid.ParseExact(key.Split('_')[1], "N"));

    public Asking Ask { get; }

    public string Key { get; }

    public Guid KeyId { get; }

    public static async Task<Integrator> WithAsync(ApiFixture api, params string[] scopes) =>
        new(api.Url, await api.Store.Get<ApiKeyStore>().CreateAsync($"{Holder} {Guid.NewGuid()}", scopes, null, default));

    /// <summary>The path of a transfer that is known.</summary>
    public static async Task<string> TransferAsync(ApiFixture api) => Of((await Scene.FinalAsync(api.Store, 1)).Sent[0].MessageId.ToString());

    public static string Of(string transfer) => $"/v1/transfers/{transfer}/compliance";

    public static Dictionary<string, string> Screened(string result) => new()
    {
        ["provider"] = "chainalysis", ["requestId"] = Uuid, ["type"] = "indirect", ["result"] = result, ["at"] = "2026-01-02T03:04:05+01:00",
        ["list"] = "OFAC-SDN", ["category"] = "sanctions", ["score"] = "0.35",
    };
}
