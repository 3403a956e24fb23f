using Ferry.Processes;
using Ferry.Terminal;
using Ferry.Toolchain;

namespace Ferry.Commands;

/// <summary>Rust's standard library for a target: there, or brought by rustup when the user agrees.</summary>
internal static class StandardLibrary
{
    public static void Ensure(RustToolchain rust, string target, bool yes)
    {
        var std = TargetStd.Find(rust, target);
        if (std.IsPresent)
        {
            return;
        }

        if (std.Install is null || !(yes || Agreed(target, std.Help)))
        {
            throw std.Missing();
        }

        Status.Say("Installing", $"Rust's standard library for {target}");
        std.RunInstall();
    }

    private static bool Agreed(string target, string command)
    {
        if (Console.IsInputRedirected || Console.IsErrorRedirected)
        {
            return false;
        }

        Page.Messages.Write($"Rust's standard library for {target} is missing. Install it with '{command}'? [Y/n] ");
        using var terminal = new StreamReader(StandardStream.Input());
        return terminal.ReadLine()?.Trim().ToLowerInvariant() is "" or "y" or "yes";
    }
}
