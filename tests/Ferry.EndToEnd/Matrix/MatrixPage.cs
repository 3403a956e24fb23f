using System.Text;
using Ferry.Devices;

namespace Ferry.EndToEnd.Matrix;

/// <summary>docs/reference/targets.md.</summary>
internal static class MatrixPage
{
    private static readonly (string Check, string Means)[] Checks =
    [
        ("threads", "threads, a channel, a condition variable"),
        ("tls-destructors", "what `thread_local!` holds is dropped when its thread ends"),
        ("atomic64", "`AtomicU64`, from four threads"),
        ("unwind", "`catch_unwind`; with `panic=abort` the program ends by SIGABRT"),
        ("unwind-c", "a panic unwinds through a frame of C"),
        ("backtrace", "`std::backtrace` gives the names of functions"),
        ("files", "files, folders, offsets over 4 GiB"),
        ("tcp", "TCP over the loopback"),
        ("dns", "`getaddrinfo`: by /etc/hosts, and by a DNS server"),
        ("time", "`SystemTime` past 2038"),
        ("file-time", "the time of a file: the latest of 2038-01-19 and 2106-02-07 that std can set"),
        ("plugin", "a cdylib, sent along"),
    ];

    public static string Of(IReadOnlyList<MatrixRun> runs)
    {
        var page = new StringBuilder("""
            # Targets

            tests/Ferry.EndToEnd/Matrix writes this page: it builds one program for each target in four ways, runs it, and puts down what it saw.
            Which target a device gets, and why, is told by `ferry device show NAME`; how that is decided stands in [Devices](devices.md).

            ## What Ferry knows


            """);
        page.Append("| target | processor | libc | its static target | a device gets it | a test runs it |\n|---|---|---|---|---|---|\n");
        foreach (var target in Targets.All)
        {
            var ran = runs.Any(run => run.Target.Triple == target.Triple) ? "yes" : "no";
            page.Append($"| `{target.Triple}` | {Processor(target)} | {(target.IsStatic ? "musl, in the program" : "the device's glibc")} | {(target.IsStatic ? "itself" : $"`{Targets.StaticTwin(target.Triple)}`")} | {Chosen(target)} | {ran} |\n");
        }

        page.Append("""

            `armv5te-unknown-linux-gnueabi` ran by hand on an emulated Pi Zero, against the libraries of Debian's armel. Those that no test runs are linked by the same rules as their neighbours; std for them comes with `rustup target add`. For RISC-V and 32-bit x86 the start-up code ran by hand, with a program in C, under glibc 2.36.

            ## What ran where


            """);
        page.Append($"| target | on | {string.Join(" | ", MatrixBuild.All.Select(build => build.Title))} |\n|---|---|{string.Concat(MatrixBuild.All.Select(_ => "---|"))}\n");
        foreach (var target in MatrixTarget.All)
        {
            var cells = MatrixBuild.All.Select(build => runs.FirstOrDefault(run => run.Target == target && run.Build == build) is { } run ? $"{run.Checks.Values.Count(outcome => !outcome.Contains("not asked for", StringComparison.Ordinal))} checks" : "–");
            page.Append($"| `{target.Triple}` | {target.Where} | {string.Join(" | ", cells)} |\n");
        }

        page.Append("""

            A static program loads no libraries, so rustc makes no cdylib for musl. `arm-unknown-linux-gnueabihf` ran on an ARMv7, against whose libraries it was linked: on a
            Pi Zero it needs those of Raspberry Pi OS. With `panic=abort`, programs for 32-bit ARM were built with `-C force-unwind-tables=yes`: without it rustc leaves functions
            out of the tables by which a backtrace goes, which then is wrong, or does not end.

            ## What the program does


            """);
        page.Append("| check | what it is | outcome |\n|---|---|---|\n");
        foreach (var (check, means) in Checks)
        {
            page.Append($"| {check} | {means} | {Outcomes(check, runs)} |\n");
        }

        return page.ToString();
    }

    private static string Chosen(Target target) => !target.HasStd ? "no: tier 3, Rust has no ready-made std" : target.OnRequest ? "with `--target` only" : "yes";

    private static string Processor(Target target) => target.ArmVersion is not { } version ? (target.BigEndian ? $"{target.Machine}, big-endian" : target.Machine)
        : target.Needs.Contains("neon") ? "ARMv7, NEON, Thumb-2"
        : $"ARMv{(version == 5 ? "5TE" : version)}, {(target.HardFloat == true ? version >= 7 ? "VFPv3-D16" : "VFPv2" : "soft float")}";

    /// <summary>"ok" alone where all are alike; else each outcome, with where it came about.</summary>
    private static string Outcomes(string check, IReadOnlyList<MatrixRun> runs)
    {
        var outcomes = runs.GroupBy(run => run.Checks[check]).ToList();
        return outcomes is [var only] ? only.Key : string.Join("; ", outcomes.OrderByDescending(group => group.Count()).Select(group => $"{group.Key} ({Sources([.. group], runs)})"));
    }

    private static string Sources(IReadOnlyList<MatrixRun> those, IReadOnlyList<MatrixRun> all)
    {
        var builds = those.Select(run => run.Build).Distinct().ToList();
        if (all.Where(run => builds.Contains(run.Build)).Count() == those.Count)
        {
            return string.Join(", ", builds.Select(build => build.Title));
        }

        var targets = those.Select(run => run.Target.Triple).Distinct().ToList();
        return targets.Count * 2 > MatrixTarget.All.Count ? "all others" : string.Join(", ", targets.Select(target => $"`{target}`"));
    }
}
