using System.Diagnostics;
using Ferry.Devices;
using Ferry.Elf;
using Ferry.Elf.Instructions;

namespace Ferry.Benchmarks.Parts;

/// <summary>
/// How fast the check reads: programs and libraries of whole Debian systems, which have no symbol table, so that their headers and dynamic tables are all there is to
/// read; and unstripped programs and objects of Rust, of which every instruction is decoded. One thread, files in memory.
/// </summary>
internal static class CheckPart
{
    public const string Who = "the check";
    private const int Cycles = 5;

    private static readonly (string Machine, string System, string Target)[] Machines =
        [("AArch64", "arm64", "aarch64-unknown-linux-gnu"), ("ARM", "armhf", "armv7-unknown-linux-gnueabihf")];

    public static void Measure(Site site, Options options, Results results)
    {
        Site.Shell("tests/lab/systems");
        foreach (var (machine, system, target) in Machines)
        {
            var files = Elf(Path.Combine(Site.Lab, "systems", system)).ToList();
            var device = new DeviceFacts { Name = "bench", Profile = new() { Userland = new() { Machine = machine == "ARM" ? MachineNames.Arm : MachineNames.AArch64, Bits = machine == "ARM" ? 32 : 64, BigEndian = false } } };
            Time($"{machine}, stripped", files, file => ProgramCheck.Of(file, "app", device));
            var code = Elf(Path.Combine(site.Cache, "target", target, "release")).Concat(Elf(Path.Combine(Site.Lab, "programs-target", target, "release"))).Where(file => ElfFile.Read(file).Symbols.Count > 0).ToList();
            if (code.Count > 0)
            {
                Time($"{machine}, with symbols: every instruction", code, file => CodeNeeds.Of(file));
            }
        }

        void Time(string what, List<byte[]> files, Action<ElfFile> check)
        {
            var bytes = files.Sum(file => (double)file.Length);
            results.Append("check", "-", what, Who, "files", files.Count);
            results.Append("check", "-", what, Who, "MB", bytes / 1e6);
            for (var round = 0; round < options.Rounds * Cycles; round++)
            {
                // Tables are read once and kept: each round begins with the bytes.
                var unread = files.ConvertAll(file => ElfFile.Read(file));
                var clock = Stopwatch.StartNew();
                unread.ForEach(check);
                if (round >= Cycles) // until then its code is compiled anew
                {
                    results.Append("check", "-", what, Who, "MB/s", bytes / 1e6 / clock.Elapsed.TotalSeconds);
                }
            }

            Site.Say($"check: {what}: {files.Count} files, {bytes / 1e6:0} MB, {results.Median("check", "-", what, Who, "MB/s"):0} MB/s");
        }
    }

    private static IEnumerable<byte[]> Elf(string folder) => !Directory.Exists(folder) ? [] :
        Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Select(File.ReadAllBytes).Where(bytes => bytes.AsSpan().StartsWith("\u007fELF"u8));
}
