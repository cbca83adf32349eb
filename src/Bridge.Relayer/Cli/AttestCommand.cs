using System.CommandLine;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Relayer.Cli;

/// <summary>Asks this organisation's running validator for one more signature; it signs only what its own checks allow.</summary>
internal static class AttestCommand
{
    public static Command Create()
    {
        var (config, json, by, why, wait) = (Common.Config(), Rows.Json(), Common.By(), Common.Why("Why; written down."), Asked.Wait());
        var id = new Argument<string>("id") { Description = "The transfer's id." };
        return new Command("attest", "Has the running validator attest to the end of a transfer's block, where it attested to later ones only: others may have signed that one. Exit code 0 if it is signed, 1 if the validator refuses or none answers.") { id, config, by, why, wait, json }
            .Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), services =>
                Asked.OfAsync(services, RequestKind.Attest, new(Message: Common.TransferId(parsed.GetValue(id))), parsed.GetValue(by)!, parsed.GetValue(why)!, parsed.GetValue(wait), parsed.GetValue(json), ct)));
    }
}
