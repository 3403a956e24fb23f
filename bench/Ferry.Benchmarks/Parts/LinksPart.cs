using Ferry.Benchmarks.Programs;

namespace Ferry.Benchmarks.Parts;

/// <summary>
/// The same objects and the same line of rustc, linked by lld through Ferry and by a gcc for cross compiling, for 32-bit ARM. The library folder of
/// Ferry's link is the emulator's.
/// </summary>
internal static class LinksPart
{
    public const string ByFerry = "rust-lld through Ferry";
    public const string ByGcc = "arm-linux-gnueabihf-gcc";
    private const string Target = "armv7-unknown-linux-gnueabihf";
    private const string Variable = "CARGO_TARGET_ARMV7_UNKNOWN_LINUX_GNUEABIHF_LINKER";

    public static void Measure(Site site, Options options, Results results)
    {
        Site.Apt("lab_install", "gcc-arm-linux-gnueabihf", "libc6-dev-armhf-cross", "qemu-user", "libc6-armhf-cross", "libgcc-s1-armhf-cross", "time");
        Site.Shell("tests/lab/programs");
        var program = RealProgram.All[0];
        var package = Path.Combine(Site.Lab, program.Set, program.Name);
        var ferry = new FerryHere(site);
        var linker = ferry.GivenToCargo(null, package, "build", "--on", "emulator:cortex-a7")[Variable];
        foreach (var profile in new[] { "debug", "release" })
        {
            var line = Line(site, ferry, package, linker, profile);
            Site.Say($"links: {program.Name}, {profile}");
            for (var round = 0; round < options.Rounds + 2; round++)
            {
                foreach (var (who, tool) in round % 2 == 0 ? [(ByFerry, linker), (ByGcc, ByGcc)] : new[] { (ByGcc, ByGcc), (ByFerry, linker) })
                {
                    var made = Path.Combine(site.Work, "linked.out");
                    File.Delete(made);
                    var timed = new Command([tool, .. line, "-o", made]) { Environment = ferry.Surroundings() }.Measure();
                    Note(who, "ms", timed.Whole.TotalMilliseconds);
                    Note(who, "kB here", timed.Memory);
                    Note(who, "bytes", new FileInfo(made).Length);
                }
            }

            void Note(string who, string quantity, double value) => results.Append("links", "-", $"{program.Name}, {profile}", who, quantity, value);
        }
    }

    /// <summary>rustc's line without its output; rustc's own temporary files, which it removes, are kept.</summary>
    private static string[] Line(Site site, FerryHere ferry, string package, string linker, string profile)
    {
        var folder = Path.Combine(site.Cache, "links", profile);
        var line = Path.Combine(folder, "line");
        if (!File.Exists(line))
        {
            Site.Say($"building ripgrep for {Target} ({profile}); this is kept");
            Directory.CreateDirectory(folder);
            var recorder = Path.Combine(folder, "recorder");
            File.WriteAllText(recorder, Recorder(folder, linker));
            File.SetUnixFileMode(recorder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var variables = ferry.Surroundings();
            variables[Variable] = recorder;
            variables["CARGO_TARGET_DIR"] = Path.Combine(folder, "target");
            variables["CARGO_HOME"] = Path.Combine(Site.Lab, "programs", "cargo-home");
            new Command(["cargo", "build", "-q", "--target", Target, .. profile == "release" ? (string[])["--release"] : []]) { Folder = package, Environment = variables, Longest = TimeSpan.FromHours(1) }.Run();
            File.Move(line + ".part", line);
        }

        return File.ReadAllLines(line);
    }

    private static string Recorder(string folder, string linker) => $$"""
        #!/usr/bin/env bash
        for word; do [ "$last" != -o ] || out=$word; last=$word; done
        case $out in */deps/rg-*)
          last=
          for word; do
            case $last:$word in
              *:-o | -o:*) ;;
              *.o | */rustc??????/*) cp "$word" '{{folder}}/' && echo '{{folder}}/'"${word##*/}" ;;
              *) echo "$word" ;;
            esac
            last=$word
          done >'{{folder}}/line.part' ;;
        esac
        exec '{{linker}}' "$@"
        """ + "\n";
}
