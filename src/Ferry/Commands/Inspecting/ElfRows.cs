using System.Globalization;
using Ferry.Devices;
using Ferry.Terminal;

namespace Ferry.Commands.Inspecting;

/// <summary>An <see cref="ElfReport"/> as labels and texts. Rows without a text are left out.</summary>
internal static class ElfRows
{
    private const int SymbolsShown = 4;

    public static IEnumerable<(string Label, string? Text)> Of(ElfReport elf) =>
    [
        ("linked", Linked(elf.Linkage)),
        ("loader", elf.Loader),
        ("soname", elf.SoName),
        ("needs", elf.Needed.Count > 0 ? string.Join(", ", elf.Needed) : null),
        ("searches", elf.RunPath is { } path ? $"{path} (RUNPATH)" : elf.RPath is { } old ? $"{old} (RPATH)" : null),
        .. elf.Versions.Select(version => ("versions", (string?)Version(version))),
        ("float ABI", elf.FloatAbi is { } abi ? Float(abi) : null),
        ("code", elf.NewerCode is { } newer ? $"newer than its build attributes say: {newer}" : null),
        ("processor", elf.CodeNeeds.Count > 0 ? Needs(elf.CodeNeeds) : null),
        ("kernel", elf.OldestKernel is { } kernel ? $"marked for Linux {kernel} and later" : null),
        ("stack", elf.Protection is { } stack ? Stack(stack.ExecutableStack) : null),
        ("relro", elf.Protection is { } relro ? Relro(relro.Relro) : null),
        ("segments", elf.Protection?.WritableCode == true ? "one is writable and executable: hardened kernels refuse it" : null),
        ("pages", elf.LargestPage is { } page ? Pages(page, elf.Machine) : null),
        ("build id", elf.BuildId),
        ("debug info", elf.Core is null ? Debug(elf.Debug) : null),
        ("symbols", elf.Core is null ? elf.Symbols > 0 ? Number(elf.Symbols) : "stripped" : null),
        .. elf.Core is { } core ? Death(core) : [],
    ];

    private static string? Linked(string? linkage) => linkage switch
    {
        "static" => "statically, at a fixed address",
        "static-pie" => "statically, for any address (static-pie)",
        "dynamic" => "dynamically, at a fixed address",
        "dynamic-pie" => "dynamically, for any address (PIE)",
        _ => null,
    };

    private static string Version(VersionReport version)
    {
        var symbols = version.Symbols.Count <= SymbolsShown + 1 ? string.Join(", ", version.Symbols)
            : $"{string.Join(", ", version.Symbols.Take(SymbolsShown))} and {version.Symbols.Count - SymbolsShown} more";
        return $"{version.Version} of {version.Library}{(symbols.Length > 0 ? ": " + symbols : "")}{(version.Weak ? " (may be missing)" : "")}";
    }

    private static string? Float(FloatReport abi) => (abi.Header, abi.Attributes) switch
    {
        (null, null) => null,
        var (header, attributes) when abi.Disagree => $"the header says {header} float, the build attributes say {attributes} float: one of them is wrong",
        (null, var attributes) => $"{attributes} float, by its build attributes",
        (var header, null) => $"{header} float, by its header",
        var (header, _) => $"{header} float, by header and build attributes",
    };

    private static string Needs(IReadOnlyList<NeedReport> needs)
    {
        var (firm, chosen) = (Features(needs, chosen: false), Features(needs, chosen: true));
        return string.Join("; ", new[] { firm.Length > 0 ? "the code needs " + firm : "", chosen.Length > 0 ? "after a look whether it is there " + chosen : "" }.Where(part => part.Length > 0));
    }

    private static string Features(IReadOnlyList<NeedReport> needs, bool chosen) =>
        string.Join(", ", needs.Where(need => need.Chosen == chosen).Select(need => need.Feature));

    private static string Stack(bool? executable) => executable switch
    {
        null => "not said: executable where the kernel's default for the processor is so",
        true => "executable: hardened kernels refuse it",
        _ => "not executable",
    };

    private static string Relro(string relro) => relro switch
    {
        "full" => "full: read-only once the loader is done",
        "partial" => "partial: addresses of functions stay writable",
        _ => "none: what the loader writes stays writable",
    };

    private static string Pages(ulong largest, string machine) =>
        largest >= 65536 ? "fits pages of up to 64 KiB, the largest in use"
        : largest >= 4096 ? string.Create(CultureInfo.InvariantCulture, $"fits pages of up to {largest / 1024} KiB{(largest < 16384 && machine is (MachineNames.Arm or MachineNames.AArch64) ? "; kernels of a Raspberry Pi 5 may have 16 KiB, and refuse it" : "")}")
        : string.Create(CultureInfo.InvariantCulture, $"aligned to {largest} bytes: fits no page");

    private static string Debug(DebugReport debug) =>
        debug.Size > 0 ? $"{(debug.Dwarf is { } version ? $"DWARF {version}, " : "")}{Sizes.Text((long)debug.Size)}{(debug.Compressed ? ", compressed" : "")}{(debug.Lines ? "" : ", without lines of sources")}"
        : debug.Elsewhere is { } file ? $"none here; it was put into {file}" : "none";

    private static IEnumerable<(string, string?)> Death(CoreReport core) =>
    [
        ("program", core.Path ?? core.Name),
        ("started as", core.Arguments),
        ("process", core.Process is { } number ? string.Create(CultureInfo.InvariantCulture, $"{number}, {core.Threads} thread{(core.Threads == 1 ? "" : "s")}") : null),
        ("died of", core.SignalName is { } signal ? signal + (core.FaultAddress is { } address ? $" at address {address}" : "") : null),
    ];

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
