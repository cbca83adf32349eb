namespace Bridge.Relayer.Cli;

/// <summary>A person's yes to what cannot be taken back.</summary>
internal static class Confirmation
{
    /// <param name="yes">Given in advance.</param>
    /// <param name="nothing">What did not happen, as the beginning of a sentence.</param>
    /// <exception cref="UserException">Nobody is there to ask, or whoever is said no.</exception>
    public static void Ask(string question, bool yes, string nothing)
    {
        if (yes) return;
        if (Console.IsInputRedirected) throw new UserException($"{nothing}: nobody can be asked here. Give --yes to go on without asking.");
        Console.Error.Write($"{question} [y/N] ");
        if (Console.ReadLine()?.Trim() is not ("y" or "Y" or "yes")) throw new UserException($"{nothing}.");
    }
}
