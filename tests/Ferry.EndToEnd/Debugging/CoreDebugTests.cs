using Ferry.EndToEnd.Boards;
using Ferry.Lab;

namespace Ferry.EndToEnd.Debugging;

/// <summary>What crashes have left on a board, in real debuggers.</summary>
public abstract class CoreDebugTests : IDisposable
{
    private const string Storage = "/var/lib/systemd/coredump";
    private const string ByGdb = "set pagination off\nbacktrace\nframe function cored::give_up\nprint words\nprint *ages\ninfo threads\nquit\n";

    private readonly BoardSession board;
    private readonly CargoProject project;

    protected CoreDebugTests(BoardSession board)
    {
        this.board = board;
        project = CoredProgram.In(board.Ferry.Home);
        Clean();
    }

    [Fact]
    public void The_newest_core_of_the_device_shows_source_variables_and_the_way_through_libc()
    {
        Crash();
        AsRoot($"mkdir -p {Storage} && printf '\\177ELF of another' > {Storage}/core.other.1.zst");

        var gdb = Debug("gdb-multiarch", ByGdb);
        gdb.ShouldExitWith(0).Output.ShouldMatch(@"(?s)abort \(\).*libc\.so\.6.*cored::give_up \(.*at src/main\.rs:\d+.*cored::main \(\) at src/main\.rs:\d+");
        gdb.Output.ShouldMatch(@"(?s)\(size=2\) = \{""a b"", ""c""\}.*HashMap\(size=1\) = \{\[""moon""\] = 1267650600228229401496703205376\}");
        gdb.Output.ShouldContain("2    "); // the other thread
        gdb.Errors.ShouldMatch(@"Found core of 'cored' on device '[^']+', .*: /home/pi/core");
        gdb.Errors.ShouldNotContain("warning: the core");

        var lldb = Debug(DebuggedProgram.Lldb, "bt\nframe select -r 1\nthread list\nquit\n");
        lldb.ShouldExitWith(0).Output.ShouldMatch(@"(?s)libc\.so\.6`.*abort.*cored::give_up.*at main\.rs:\d+.*cored::main.*at main\.rs:\d+");
    }

    [Fact]
    public void A_core_in_systemds_storage_is_unpacked_and_one_of_another_build_is_named()
    {
        Crash();
        var packed = Run.Process("zstd", ["-q", "-c"], input: board.OnBoard("cat core; rm core").ShouldExitWith(0).OutputBytes).ShouldExitWith(0);
        AsRoot($"mkdir -p {Storage} && cat > {Storage}/core.cored.1000.0123.77.1700000000000000.zst", packed.OutputBytes);
        var source = project.PathOf("src/main.rs");
        File.WriteAllText(source, File.ReadAllText(source).Replace("fn main() {", "fn main() {\n    println!(\"{:?}\", std::env::vars().collect::<Vec<_>>());", StringComparison.Ordinal));

        var gdb = Debug("gdb-multiarch", "backtrace\nquit\n");

        gdb.ShouldExitWith(0).Output.ShouldContain("Program terminated with signal SIGABRT");
        gdb.Errors.ShouldContain($"{Storage}/core.cored.1000.0123.77.1700000000000000.zst");
        gdb.Errors.ShouldContain("the core is one of another build of 'cored'");
    }

    [Fact]
    public void A_library_that_is_another_here_comes_from_the_device_and_a_pattern_names_the_folder()
    {
        // The loader of the device takes it for its own; its build id is another one.
        var path = board.OnBoard("ls /usr/lib/*/libgcc_s.so.1").ShouldExitWith(0).Output.Trim();
        var bytes = board.OnBoard($"cat {path}").OutputBytes;
        var id = bytes.AsSpan().IndexOf([.. BitConverter.GetBytes(4), .. BitConverter.GetBytes(20), .. BitConverter.GetBytes(3), .. "GNU\0"u8]) + 16;
        bytes[id] ^= 0xff;
        Run.Process(board.Board.Ssh, [board.Board.Name, "mkdir -p old && cat > old/libgcc_s.so.1"], input: bytes).ShouldExitWith(0);
        AsRoot("mkdir -p /tmp/cores && chmod 1777 /tmp/cores && echo '/tmp/cores/%e of %p' > /proc/sys/kernel/core_pattern");
        Crash("LD_LIBRARY_PATH=$HOME/old");

        var gdb = Debug("gdb-multiarch", "info sharedlibrary\nquit\n");

        gdb.Errors.ShouldContain("/tmp/cores/cored of ");
        gdb.Errors.ShouldContain("Fetching libraries of the core that are not here: /home/pi/old/libgcc_s.so.1");
        gdb.ShouldExitWith(0).Output.ShouldMatch(@"(?m)/device/home/pi/old/libgcc_s\.so\.1$");
        File.ReadAllBytes(Directory.EnumerateFiles(Path.Combine(board.Ferry.Home, "ferry", "cache", "cores"), "libgcc_s.so.1", SearchOption.AllDirectories).Single()).ShouldBe(bytes);
    }

    [Fact]
    public void What_cannot_be_read_and_what_is_not_there_is_said()
    {
        var none = Debug("gdb-multiarch", "quit\n").ShouldExitWith(125);
        none.Errors.ShouldContain($"error: there is no core of 'cored' on device '{board.Board.Name}'");
        none.Errors.ShouldContain("its kernel writes cores to 'core' (/proc/sys/kernel/core_pattern), but of what a login starts none (ulimit -c is 0); looked at " + Storage);
        none.Errors.ShouldContain("ulimit -c unlimited");

        AsRoot($"mkdir -p {Storage} && umask 077 && echo secret > {Storage}/core.cored.0.0123.78.1700000000000000");
        var closed = Debug("gdb-multiarch", "quit\n").ShouldExitWith(125);
        closed.Errors.ShouldContain($"error: you may not read '{Storage}/core.cored.0.0123.78.1700000000000000' on device");
        closed.Errors.ShouldContain("sudo cat");
    }

    [Fact]
    public void A_core_that_was_brought_here_is_opened_where_it_lies()
    {
        Crash();
        var file = Path.Combine(board.Ferry.Home, "brought core");
        File.WriteAllBytes(file, board.OnBoard("cat core; rm core").ShouldExitWith(0).OutputBytes);

        Debug("gdb-multiarch", ByGdb, file).ShouldExitWith(0).Output.ShouldMatch(@"(?s)cored::give_up .*\(size=2\) = \{");

        var wrong = Debug("gdb-multiarch", "quit\n", project.PathOf("Cargo.toml")).ShouldExitWith(125);
        wrong.Errors.ShouldMatch("error: '.*Cargo.toml' is no core file that can be read");
    }

    public void Dispose()
    {
        Clean();
        GC.SuppressFinalize(this);
    }

    private RunResult Debug(string debugger, string commands, params string[] core)
    {
        var script = Path.Combine(board.Ferry.Home, Path.GetRandomFileName());
        File.WriteAllText(script, commands);
        return board.Ferry.RunIn(project.Folder, ["debug", "--debugger", debugger, "--command", script, "--core", .. core]);
    }

    /// <summary>As a service would: without Ferry, from the home folder, with cores allowed.</summary>
    private void Crash(string variables = "")
    {
        board.Ferry.RunIn(project.Folder, "run", "--quiet", "--", "live").ShouldExitWith(0);
        board.OnBoard($"program=$(find / -path '*/store/*/cored' 2>/dev/null -exec ls -t {{}} + | head -n 1); ulimit -c unlimited; {variables} $program; [ $? = 134 ]").ShouldExitWith(0);
    }

    private void Clean() => AsRoot($"rm -rf /home/pi/core /home/pi/old /tmp/cores {Storage}; echo core > /proc/sys/kernel/core_pattern");

    private void AsRoot(string command, byte[]? input = null) => Run.Process(board.Board.Ssh, [board.Board.Name + "-root", command], input: input).ShouldExitWith(0);
}
