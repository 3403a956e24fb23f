using System.Text;
using Ferry.Linking;
using Ferry.Processes;

namespace Ferry.Doors;

/// <summary>lld as a child: its exit status and what it says. Both are with us in the terminal's group, so a Ctrl-C ends both; lld then removes what it was writing.</summary>
/// <param name="Linker">lld.</param>
/// <param name="Platform">What the target's C toolchain would know.</param>
/// <param name="Scratch">A folder for long lines: rustc's own, where there is one, which it removes.</param>
internal sealed record LldRun(string Linker, LinkPlatform Platform, string Scratch)
{
    /// <summary>Linux takes 128 KiB in one argument and some MB in all; Windows 32,767 characters.</summary>
    private static readonly int LongestLine = OperatingSystem.IsWindows() ? 30_000 : 100_000;

    public (ProcessEnd End, string Errors) Of(LinkJob job)
    {
        string[] arguments = [.. Ferry.Toolchain.Linker.FlavorOf(Linker), .. Shortened(LldCommand.Build(job, Platform))];
        using var lld = SessionProcess.Start(Linker, arguments, ChildStream.Inherit, ChildStream.Inherit, ChildStream.Pipe, ownSession: false);
        using var errors = new StreamReader(lld.Errors, Encoding.UTF8);
        var said = errors.ReadToEnd();
        return (lld.Wait(), said);
    }

    private IReadOnlyList<string> Shortened(IReadOnlyList<string> line)
    {
        if (line.Sum(word => Encoding.UTF8.GetByteCount(word) + 1) <= LongestLine)
        {
            return line;
        }

        var file = Path.Combine(Scratch, "ferry-linker-arguments");
        File.WriteAllText(file, ResponseFile.Write(line));
        return ["--rsp-quoting=posix", "@" + file];
    }
}
