using Ferry.Lab;

namespace Ferry.EndToEnd.Watching;

/// <summary>What a person with an editor does while <c>ferry watch</c> runs; each round is waited for by its own words.</summary>
public sealed class WatchTests : IDisposable
{
    private readonly FerryTool ferry = new();
    private readonly CargoProject project;
    private readonly string mark = "mark" + Guid.NewGuid().ToString("N");

    public WatchTests() => project = new CargoProject(ferry.Home, "small").With("src/main.rs", Prints("version 1")).With("src/part.rs", "pub const PART: &str = \"part 1\";");

    public void Dispose() => ferry.Dispose();

    [Theory]
    [InlineData()]
    [InlineData("--poll")]
    public void Each_way_of_saving_is_one_round(params string[] options)
    {
        using var watch = Watch([.. options]);
        watch.WaitFor("^version 1 part 1$");
        watch.WaitFor("^ +Watching .* of 1 package; Ctrl-C ends it$");

        // As vim does: a trial file, the old one renamed, a new one in its place.
        project.With("src/4913", "");
        File.Delete(project.PathOf("src/4913"));
        File.Move(project.PathOf("src/main.rs"), project.PathOf("src/main.rs~"));
        project.With("src/main.rs", Prints("version 2"));
        File.Delete(project.PathOf("src/main.rs~"));
        watch.WaitFor("^version 2 part 1$");

        // As others do: written beside and renamed over.
        project.With("src/.main.rs.tmp", Prints("version 3"));
        File.Move(project.PathOf("src/.main.rs.tmp"), project.PathOf("src/main.rs"), overwrite: true);
        watch.WaitFor("^version 3 part 1$");

        // Touched, and written as it was: nothing.
        File.SetLastWriteTimeUtc(project.PathOf("src/main.rs"), DateTime.UtcNow);
        project.With("src/part.rs", File.ReadAllText(project.PathOf("src/part.rs")));
        project.With("notes.txt", "not a source");
        Directory.CreateDirectory(project.PathOf("src/.hidden"));
        project.With("src/.hidden/x.rs", "fn");

        // Both at once, with a new file: one round that names all three.
        project.With("src/third.rs", "").With("src/part.rs", "pub const PART: &str = \"part 2\";").With("src/main.rs", Prints("version 4"));
        watch.WaitFor("^version 4 part 2$");

        watch.Count("^ +Changed ").ShouldBe(3, watch.Output);
        watch.Output.ShouldContain("Changed src/main.rs, src/part.rs, src/third.rs\n");
        watch.Count("^ +Built in [0-9.]+s$").ShouldBe(4, watch.Output);
        Interrupt(watch);
    }

    [Fact]
    public void A_build_that_fails_and_a_program_that_crashes_do_not_end_it()
    {
        using var watch = Watch();
        watch.WaitFor("^ +Ended with exit code 0, after .*; waiting for a change$");

        project.With("src/main.rs", "fn main() { println!(\"broken\" }");
        watch.WaitFor("^ +Not built after .*; waiting for a change$");
        project.With("src/main.rs", "fn main() { println!(\"repaired\"); std::process::exit(3) }");
        watch.WaitFor("^ +Ended with exit code 3");
        project.With("src/main.rs", "fn main() { println!(\"crashing\"); std::process::abort() }");
        watch.WaitFor("^ +Ended by SIGABRT");
        project.With("Cargo.toml", "[package");
        watch.WaitFor("^ +(Not built|Waiting) ", 2);
        project.With("Cargo.toml", "[package]\nname = \"small\"\nversion = \"0.2.0\"\nedition = \"2021\"\n[workspace]\n").With("src/main.rs", Prints("whole again"));
        watch.WaitFor("^whole again part 1$");
        Interrupt(watch);
    }

    [Fact]
    public void A_program_that_runs_on_is_replaced_only_by_one_that_was_built_and_ends_with_the_loop()
    {
        project.With("src/main.rs", Stays("first"));
        using var watch = Watch("--", mark);
        watch.WaitFor("^first stays$");

        project.With("src/main.rs", "fn main() {");
        watch.WaitFor("^ +Not built after .*; the program from before still runs; waiting for a change$");
        Processes().ShouldBe(1);
        project.With("src/main.rs", Stays("second"));
        watch.WaitFor("^second stays$");
        Processes().ShouldBe(1);

        Interrupt(watch);
        Processes().ShouldBe(0);
        watch.Output.ShouldNotContain("Ended");
    }

    [Fact]
    public void What_a_build_reads_is_watched_wherever_it_lies()
    {
        var library = new CargoProject(ferry.Home, "beside").With("src/lib.rs", "pub fn word() -> &'static str { \"word 1\" }");
        project.With("Cargo.toml", "[package]\nname = \"small\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[dependencies]\nbeside = { path = \"../beside\" }\n[workspace]\n")
            .With("data/text.txt", "text 1")
            .With("src/main.rs", "fn main() { println!(\"{} {}\", beside::word(), include_str!(\"../data/text.txt\")); }");
        using var watch = Watch();
        watch.WaitFor("^word 1 text 1$");
        watch.WaitFor("^ +Watching .* of 2 packages");

        project.With("data/text.txt", "text 2");
        watch.WaitFor("^word 1 text 2$");
        library.With("src/lib.rs", "pub fn word() -> &'static str { \"word 2\" }");
        watch.WaitFor("^word 2 text 2$");
        Interrupt(watch);
    }

    [Fact]
    public void Tests_are_run_again_and_warnings_are_said_once_a_round()
    {
        project.With("src/main.rs", "fn main() { let unused = 1; }\n#[test] fn holds() { assert_eq!(1, 2) }");
        using var watch = new TerminalProcess(ferry, project.Folder, "watch", "test", "--on", "emulator");
        watch.WaitFor("^test result: .*FAILED.* 0 passed; 1 failed;");
        watch.WaitFor("^ +Ended with exit code 101");
        watch.Count("^warning: unused variable").ShouldBe(1, watch.Output);

        project.With("src/main.rs", "fn main() { }\n#[test] fn holds() { assert_eq!(1, 1) }");
        watch.WaitFor("^test result: .*ok.* 1 passed;");
        Interrupt(watch);
    }

    [Fact]
    public void Several_devices_are_watched_like_one()
    {
        using var watch = new TerminalProcess(ferry, project.Folder, "watch", "run", "--on", "emulator,emulator:cortex-a7");
        watch.WaitFor("^emulator:cortex-a7 +ok ");
        project.With("src/main.rs", Prints("version 2"));
        watch.WaitFor(@"^emulator +\| version 2 part 1$");
        watch.WaitFor(@"^emulator:cortex-a7 \| version 2 part 1$");
        Interrupt(watch);
    }

    private TerminalProcess Watch(params string[] words) => new(ferry, project.Folder, ["watch", "run", "--on", "emulator", .. words]);

    private static void Interrupt(TerminalProcess watch)
    {
        watch.Type("\u0003");
        watch.End().ShouldBe(130, watch.Output);
        watch.Output.ShouldNotContain("error: a bug");
    }

    private int Processes() => int.Parse(Run.Process("sh", ["-c", $"pgrep -fc 'qemu.*[s]mall.* {mark}$'"]).Output);

    private static string Prints(string text) => $"mod part;\nfn main() {{ println!(\"{text} {{}}\", part::PART); }}";

    private static string Stays(string text) => $"fn main() {{ println!(\"{text} stays\"); loop {{ std::thread::park() }} }}";
}
