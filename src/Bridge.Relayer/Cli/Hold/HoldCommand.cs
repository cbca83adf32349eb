using System.CommandLine;

namespace Bridge.Relayer.Cli;

/// <summary>Transfers that are held: by the destination's contract, which nobody overrules, or by a person's act.</summary>
internal static class HoldCommand
{
    public static Command Create() => new("hold", "Transfers that are held, or whose effect failed. The contracts decide: nobody can drop one or hold it longer.")
    {
        HoldListVerb.Create(), HoldReleaseVerb.Create(),
        Refused("drop", "Refused, with who can do what instead: nobody can drop a transfer. Exit code 2.",
            "Nobody can drop a transfer: the Bridge keeps it for its recipient. The recipient, and after seven days anyone, can send it back ('bridge explain ID --json' has the call). "
            + "What must not be paid meanwhile, a guardian pauses: 'bridge admin pause --chain DESTINATION --asset ID'."),
        Refused("extend", "Refused, with who can do what instead: nobody can move a hold's end. Exit code 2.",
            "Nobody can move a hold's end: the Bridge set it when it deferred the transfer. A guardian can keep the asset from being paid for longer: 'bridge admin pause --chain DESTINATION --asset ID', "
            + "three days at a time. An administrator sets for later ones above which amount, and for how long, they are held, and the limits: 'bridge admin limit'."),
    };

    private static Command Refused(string name, string description, string instead)
    {
        var id = new Argument<string>("id") { Description = "The transfer's id." };
        return new Command(name, description) { id }.Does((_, _) => throw new UserException(instead));
    }
}
