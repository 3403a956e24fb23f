namespace Ferry.EndToEnd.Docs;

/// <summary>
/// What the tests know of the lines in the documentation. A new line that calls Ferry is run as it is and must end with 0; one that does not, or that
/// is to end otherwise, needs a row here.
/// </summary>
internal static class KnownLines
{
    /// <summary>Words that stand for something, and what a test types instead. Hosts and aliases need none: see <see cref="DocumentedBoard"/>.</summary>
    public static readonly (string Word, string Instead)[] Placeholders =
    [
        ("ferry device add …", "ferry device add pi5 pi@192.168.1.40"),
        (" NAME", " pi4"),
        (" DEVICE", " pi4"),
        ("ferry sysroot import pi4.ferry", "ferry sysroot export pi4.ferry --on pi4 && ferry sysroot import pi4.ferry --replace"),
        ("ferry sysroot import ci/pi4.ferry", "ferry sysroot export ci/pi4.ferry --on pi4 && ferry sysroot import ci/pi4.ferry"),
        ("ferry inspect target/", "ferry build -q --release && ferry inspect target/"),
        ("ferry inspect hello", "ferry build -q --release && cd target/aarch64-unknown-linux-gnu/release && ferry inspect hello"),
        ("ferry inspect libfoo.a", "printf '!<arch>\\n' >libfoo.a && ferry inspect libfoo.a"),
        ("ferry debug --command FILE", "echo 'print 6 * 7' >FILE && ferry debug --command FILE"),
        // In a project of its own: what it writes would be there for the other lines.
        ("ferry init --", "cargo new -q --vcs none ../fresh-$$ && cd ../fresh-$$ && ferry init --"),
        // Each line begins with devices to which nothing was added.
        ("RUSTFLAGS=-Ctarget-feature=+crt-static ferry build", "ferry sysroot add pi4 libc6-dev libgcc-12-dev && RUSTFLAGS=-Ctarget-feature=+crt-static ferry build"),
    ];

    /// <summary>How a line ends when it is not with 0, and what its stdout must hold.</summary>
    public static readonly Dictionary<string, (int Code, string Output)> Ends = new()
    {
        ["ferry run -- --exit 7          # ferry exits with 7"] = (7, ""),
        ["echo hi | ferry run            # the program reads hi"] = (0, "  stdin    hi\n"),
        ["echo hi | ferry run --example echo"] = (0, "hi\n"),
        ["ferry run | head -1            # the program sees that the pipe was closed"] = (0, "Hello from "),
        ["ferry run --release"] = (0, "Hello from "),
        ["ferry run --on emulator"] = (0, ", this is aarch64!"),
        ["ferry run --on emulator:cortex-a7"] = (0, ", this is arm!"),
        ["ferry run --on emulator:arm1176"] = (0, ", this is arm!"),
        ["ferry run --on zero"] = (0, "Hello from "),
        ["ferry run --example echo -- --port 8080"] = (0, "--port 8080\n"),
        ["ferry run --on pi4 --bin server -- --port 8080"] = (0, "--port 8080\n"),
        ["ferry device show pi4 --json"] = (0, "\"triple\": \"aarch64-unknown-linux-gnu\""),
        ["ferry device list"] = (0, "zero"),
        ["ferry inspect target/aarch64-unknown-linux-gnu/release/hello"] = (0, "'hello' is a program for 64-bit ARM Linux with glibc 2."),
        ["ferry inspect hello --on pi4"] = (0, "nothing stands against it on device 'pi4'"),
        // A debugger whose input ends ends, too: at main, or when the program has.
        ["ferry debug"] = (0, "hello::main () at "),
        ["ferry debug --command FILE"] = (0, " = 42\n"),
        ["ferry debug --on pi4 --bin server -- --port 8080"] = (0, "server::main () at "),
        ["ferry debug --break src/parser.rs:42 --no-stop"] = (0, "Hello from "),
        ["ferry debug --break sensors::read --break-on-panic"] = (0, "hello::main () at "),
        ["ferry debug --test parses_empty_lines"] = (0, "parser::parses_empty_lines () at "),
        ["ferry inspect libfoo.a --json"] = (0, "\"kind\": \"archive\""),
    };

    /// <summary>Lines that no test runs, by how they begin, with the reason.</summary>
    public static readonly (string Start, string Why)[] NotRun =
    [
        ("git clone ", "needs the network"),
        ("./try", "takes minutes, and is how these tests are run"),
        ("./build", "has made the ferry that the tests run"),
        ("sudo cp out/ferry ", "installs for all users"),
        ("sudo apt install ", "changes the system; ./try installs the same packages"),
        ("ferry debug --debugger ", "lldb is not on the PATH of these tests; Debugging/DebugTests"),
        ("ferry debug --attach ", "something has to run there; Debugging/DebugTests"),
        ("ferry debug --core", "something has to crash first; Debugging/CoreDebugTests"),
        ("ferry debug --gdbserver ", "the device has one of its own; Debugging/DebugTests"),
        ("ferry debug --serve", "waits for a debugger of its user; Debugging/ServeTests, EditorTests"),
        ("ferry debug --test src/parser.rs:42", "the project of these tests has no test there; Debugging/EditorTests"),
        ("ferry device install gdbserver", "changes the device; it has no network where the tests run"),
        ("Temporary breakpoint 1", "what gdb prints"),
        ("5           let names", "what gdb prints"),
        ("(gdb)", "what gdb prints"),
        ("ferry watch", "goes on until Ctrl-C; WatchTests"),
        ("Changed src", "what Ferry prints"),
        ("Compiling ", "what cargo prints"),
        ("Built in ", "what Ferry prints"),
        ("Found core of ", "what Ferry prints"),
        ("ulimit -c ", "a limit of the shell that starts a program; Debugging/CoreDebugTests"),
        ("DEVICE ", "what Ferry prints"),
        ("pi4     ok ", "what Ferry prints"),
        ("zero    2 failed", "what Ferry prints"),
        ("attic   unreachable", "what Ferry prints"),
        ("'hello' is a program ", "what Ferry prints"),
        ("versions  GLIBC_", "what Ferry prints"),
        ("GLIBC_2.28 of libc.so.6", "what Ferry prints"),
        ("error: ", "what Ferry prints"),
        ("cause: ", "what Ferry prints"),
        ("help: ", "what Ferry prints"),
        ("note: ", "what Ferry prints"),
        ("warning: ", "what Ferry prints"),
        ("[package.metadata.ferry] ", "a part of Cargo.toml"),
        ("device = ", "a part of Cargo.toml"),
        ("folder = ", "a part of Cargo.toml"),
        ("env = ", "a part of Cargo.toml"),
        ("glibc = ", "a part of Cargo.toml"),
        ("allow-newer-code = ", "a part of Cargo.toml"),
        ("static = ", "a part of Cargo.toml"),
        ("timeout = ", "a part of Cargo.toml"),
        ("ferry cargo nextest ", "cargo-nextest is no package of the systems that the tests run on; Testing/NextestTests replays its calls"),
        ("ferry cargo --timeout 2m nextest ", "the same"),
        ("ferry cargo --on pi4 clippy", "the toolchain of the tests has no clippy; NextestTests runs other commands"),
        ("Waiting for device ", "what Ferry prints"),
        ("Measuring parser on pi4", "what Ferry prints"),
        ("Measured parser on pi4", "what Ferry prints"),
        ("files = ", "a part of Cargo.toml"),
        ("results = ", "a part of Cargo.toml"),
        ("paths = ", "a part of Cargo.toml"),
        ("ferry why", "says how a program died; RunTests let one die first"),
        ("--> src/", "what Ferry prints"),
        ("|    ", "what Ferry prints"),
        ("[profile.release]", "a part of Cargo.toml"),
        ("debug = ", "a part of Cargo.toml"),
        ("[build]", "a part of .cargo/config.toml"),
        ("target = ", "a part of .cargo/config.toml"),
        ("\"gdb-dap.executable-path\": ", "a part of VS Code's settings"),
        (@"\0FERRY 1 BUILD\n", "bytes of the protocol"),
        ("type u8 | length u32 | payload", "bytes of the protocol"),
    ];

    /// <summary>Commands that a sentence names in passing.</summary>
    public static readonly string[] Names = ["ferry device add", "ferry cargo"];

    public static bool IsNotRun(string line) => Names.Contains(line) || NotRun.Any(known => line.StartsWith(known.Start, StringComparison.Ordinal));

    public static string Typed(string line) => Placeholders.Aggregate(line, (text, placeholder) => text.Replace(placeholder.Word, placeholder.Instead));
}
