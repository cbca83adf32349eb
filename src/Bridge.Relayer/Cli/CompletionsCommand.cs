using System.CommandLine;

namespace Bridge.Relayer.Cli;

/// <summary>Scripts that let a shell complete verbs and options: each asks this executable what could follow.</summary>
internal static class CompletionsCommand
{
    private const string Bash = """
        # In ~/.bashrc: source <(bridge completions bash)
        _bridge() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(bridge "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _bridge bridge
        """;

    private const string Zsh = """
        # In ~/.zshrc, after compinit: source <(bridge completions zsh)
        _bridge() {
            local -a found
            found=("${(@f)$(bridge "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
            compadd -a found
        }
        compdef _bridge bridge
        """;

    private const string Fish = """
        # In ~/.config/fish/config.fish: bridge completions fish | source
        function __bridge_complete
            bridge "[suggest:"(commandline -C)"]" (commandline -p) 2>/dev/null
        end
        complete -c bridge -a '(__bridge_complete)'
        """;

    public static Command Create() => new("completions", "Prints a script that lets a shell complete verbs and options.") { For("bash", Bash), For("zsh", Zsh), For("fish", Fish) };

    private static Command For(string shell, string script) => new Command(shell, $"For {shell}; its first line says where it goes.").Does((_, _) =>
    {
        Console.WriteLine(script);
        return Task.FromResult(0);
    });
}
