using System.Text;
using Ferry.Processes;
using Ferry.Settings;
using Ferry.Terminal;

namespace Ferry.Commands.Initializing;

/// <summary>Shows what a file of the project is going to say, asks where somebody can answer, and writes it.</summary>
internal sealed record ProjectWriting(bool DryRun, bool Yes)
{
    /// <summary>False when nothing was written: there was nothing to do, or nobody wanted it.</summary>
    public bool Write(string path, string before, string after)
    {
        var shown = Path.GetRelativePath(Environment.CurrentDirectory, path);
        if (before == after)
        {
            Status.Say("Unchanged", $"{shown}: it says all of it already");
            return false;
        }

        Show(shown, before, after);
        if (DryRun || !(Yes || Agreed(shown)))
        {
            return false;
        }

        // As the user's editor would: a file that is a symlink stays one.
        var link = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true) : null;
        AtomicFile.Write(link?.FullName ?? path, Encoding.UTF8.GetBytes(after));
        Status.Say("Wrote", shown);
        return true;
    }

    private void Show(string path, string before, string after)
    {
        Status.Say(DryRun ? "Would write" : "Writing", path);
        if (Status.Quiet && !DryRun)
        {
            return;
        }

        foreach (var (sign, line) in LineChanges.Between(before, after))
        {
            Page.Messages.WriteLine(Printable.Clean($"{sign} {line}"));
        }
    }

    private static bool Agreed(string path)
    {
        // Whoever types it into a script wants it done.
        if (Console.IsInputRedirected || Console.IsErrorRedirected)
        {
            return true;
        }

        Page.Messages.Write($"Write {path}? [Y/n] ");
        using var terminal = new StreamReader(StandardStream.Input(), leaveOpen: true);
        return terminal.ReadLine()?.Trim().ToLowerInvariant() is "" or "y" or "yes";
    }
}
