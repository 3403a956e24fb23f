using System.Globalization;
using System.Text.RegularExpressions;
using Ferry.Processes;

namespace Ferry.Debugging;

/// <summary>
/// Looks for a debugger on this PC. What it is, and whether it knows the program's architecture, it is asked: a plain gdb of a distribution knows its own PC's only.
/// </summary>
internal static partial class DebuggerSearch
{
    /// <summary>The oldest whose <c>target remote</c> takes a unix socket.</summary>
    private const int OldestGdb = 9;

    /// <summary>Older ones lose the shared libraries of an AArch64 program, and say exit code 0 whatever it was.</summary>
    private const int OldestLldb = 15;

    private const int NewestLldb = 24;

    // How targets begin, the architecture as gdb calls it, and how packages and toolchains prefix a gdb for it.
    private static readonly (string Target, string Gdb, string[] Prefixes)[] Architectures =
    [
        ("aarch64", "aarch64", ["aarch64-linux-gnu", "aarch64-none-linux-gnu"]),
        ("arm", "arm", ["arm-linux-gnueabihf", "arm-none-linux-gnueabihf", "arm-linux-gnueabi"]),
        ("thumb", "arm", ["arm-linux-gnueabihf", "arm-none-linux-gnueabihf"]),
        ("x86_64", "i386:x86-64", ["x86_64-linux-gnu"]),
        ("i", "i386", ["i686-linux-gnu"]),
        ("riscv", "riscv", ["riscv64-linux-gnu"]),
    ];

    /// <param name="wanted">What <c>--debugger</c> said: gdb, lldb, a name or a path; null for whatever is there.</param>
    /// <param name="target">What the program is built for.</param>
    /// <exception cref="FerryException">Exit 4 when there is none that will do.</exception>
    public static Debugger Find(string? wanted, string target)
    {
        var refused = new List<string>();
        foreach (var name in Names(wanted, target))
        {
            if (Tool.Find(name) is { } path && Try(path, name, target, refused) is { } debugger)
            {
                return debugger;
            }
        }

        var what = wanted is null or "gdb" or "lldb" ? $"there is no {wanted ?? "debugger"} here that can debug {NameOf(target)} programs" : $"'{wanted}' cannot debug {NameOf(target)} programs";
        throw new FerryException(what, refused.Count > 0 ? string.Join("; ", refused) : wanted is null or "gdb" or "lldb" ? null : "it is not there", Advice(), ExitCode.ToolMissing);
    }

    internal static IEnumerable<string> Names(string? wanted, string target)
    {
        var prefixes = ArchitectureOf(target).Prefixes ?? [];
        string[] gdbs = ["gdb-multiarch", .. prefixes.Select(prefix => prefix + "-gdb"), "gdb"];
        string[] lldbs = ["lldb", .. Enumerable.Range(OldestLldb, NewestLldb - OldestLldb + 1).Reverse().Select(version => $"lldb-{version}")];
        return wanted switch
        {
            null => [.. gdbs, .. lldbs],
            "gdb" => gdbs,
            "lldb" => lldbs,
            _ => [wanted],
        };
    }

    private static Debugger? Try(string path, string name, string target, List<string> refused)
    {
        var answer = DebuggerAnswer.Of(path, NameOf(target));
        var kind = answer.IsLldb ? DebuggerKind.Lldb : DebuggerKind.Gdb;
        var number = FirstNumber().Match(answer.Version) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;
        var oldest = kind == DebuggerKind.Gdb ? OldestGdb : IsApples(answer.Version) ? 0 : OldestLldb;
        if (number < oldest)
        {
            refused.Add($"{name} is version {number}, {oldest} is the oldest that will do");
            return null;
        }

        if (!answer.Knows)
        {
            refused.Add($"{name} knows no {NameOf(target)}");
            return null;
        }

        if (kind == DebuggerKind.Lldb && NameOf(target).StartsWith("i386", StringComparison.Ordinal))
        {
            // The processor stops behind a breakpoint there; gdbserver leaves it to the debugger to step back, and lldb to the server.
            refused.Add($"{name} takes gdbserver's breakpoints for signals on this architecture");
            return null;
        }

        return new Debugger(kind, path, number);
    }

    private static string NameOf(string target) => ArchitectureOf(target).Gdb ?? target;

    private static (string Target, string? Gdb, string[]? Prefixes) ArchitectureOf(string target) => Architectures.FirstOrDefault(one => target.StartsWith(one.Target, StringComparison.Ordinal));

    /// <summary>Xcode's counts otherwise: lldb-1500.0.404.7.</summary>
    private static bool IsApples(string version) => version.StartsWith("lldb-", StringComparison.Ordinal);

    private static string Advice() =>
        OperatingSystem.IsMacOS() ? "install Xcode's command line tools, which bring lldb: xcode-select --install"
        : OperatingSystem.IsWindows() ? "install LLVM, which brings lldb: winget install LLVM.LLVM"
        : Tool.Find("apt-get") is not null ? "sudo apt install gdb-multiarch"
        : Tool.Find("dnf") is not null ? "sudo dnf install gdb"
        : Tool.Find("pacman") is not null ? "sudo pacman -S gdb"
        : "install gdb for all architectures (gdb-multiarch), or lldb";

    // "GNU gdb (Debian 13.1-3) 13.1", "lldb version 19.1.7", "lldb-1500.0.404.7": the last word that is a number, of the first line.
    [GeneratedRegex(@"^[^\n]*?(?:gdb.*\s|version |lldb-)(\d+)(?:\.\d+)*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FirstNumber();
}
