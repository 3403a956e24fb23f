using System.Text;

namespace Ferry.Benchmarks.Pages;

/// <summary>docs/benchmarks.md: a section a part, for each board that it was measured on.</summary>
public static class BenchPage
{
    private const string Intro = """
        # Benchmarks

        [bench/loop](../bench/loop) measured this and wrote this page from its figures, [bench/results.tsv](../bench/results.tsv). All rivals take turns in the
        same rounds, on the same emulated board, over the same link: 10 Mbit/s and 20 ms there and back, unless it is called open. Figures are medians. How it is measured, and
        what that leaves out: [decision 22](decisions/0022-benchmarks.md). The board is emulated on the cores that also measure, so times are longer than on real
        ones; what counts is the comparison.

        ![Edit to first output: Ferry and its rivals](benchmarks.svg)


        """;

    private static readonly IReadOnlyList<(string Part, string Title, string Says, Func<BoardResults, string> Text)> Sections =
    [
        ("edit", "From edit to first output", """
            One statement is added and taken away again: ripgrep, which many of Ferry's tests use, and exa, which is in none (its release build is one piece, by LTO). From the finished link to the program's first
            byte here. The rivals are a script that copies the program and then runs it: as cargo built it; or stripped of debug information beforehand, which costs
            them nothing here; over connections of their own, or through a master that is open. Ferry is called as cargo calls its runner, and strips and compares in that time.
            Memory is that of the largest process on the PC.
            """, WaySections.Edit),
        ("first", "First contact", """
            The board has nothing of the program, nor Ferry's agent. scp sends what it always sends: its figures are those above. The first two rows are paid once for a board.
            """, WaySections.First),
        ("unchanged", "An unchanged program", """
            "Bare" is `ssh -S master board ./program`. The runner is called as cargo calls it. `ferry run` is the runner, cargo's own no-op build, `cargo metadata` and Ferry's own
            start; "until cargo builds" is `ferry run` with a cargo that only answers `cargo metadata`.
            """, WaySections.Unchanged),
        ("calls", "Many calls of a test program", """
            As cargo-nextest does it: a process for each test, one after the other, in turns with plain ssh through a master, over the open link.
            """, WaySections.Calls),
        ("patch", "Patches", """
            What crosses the wire for the edits above, names kept, no debug information. Cold is the first patch of a process, as in the runner; warm is any later one. Applied by the
            device's half in a process of its own, with reading, hashing and writing.
            """, OtherSections.Patches),
        ("links", "Links", """
            The same objects and the same line of rustc, for armv7-unknown-linux-gnueabihf.
            """, OtherSections.Links),
        ("debug", "From the command to the prompt at main", """
            ripgrep's debug build, unchanged, from the command to gdb's first prompt. The rival is what the template rpi-rs-crosscompile does: cargo builds nothing, scp sends the program as it was built, ssh forwards a
            port, gdbserver listens on the board, and gdb reads libraries through it (`target:/`). It stops at the runtime's `main`, one `continue` before the program's own, and is waited for no longer than
            gdbserver needs. Ferry has the board's libraries here, and sends what changed: nothing.
            """, WaySections.Debug),
        ("check", "The check", """
            What is held against a device before it is sent, read from memory by one thread. Of the stripped files of a Debian system headers and dynamic tables are read, and on AArch64
            the code that their unwind tables tell; of Rust's programs with symbols every instruction. Aimed at: 1,000 MB/s of headers alone, 200 MB/s with decoding.
            """, OtherSections.Check),
        ("memory", "Memory on the board", """
            The peak of each process, looked up while it ran.
            """, OtherSections.Memory),
        ("relay", "The link", """
            What the relay does to one byte and to a long transfer.
            """, OtherSections.Relay),
    ];

    /// <param name="results">The figures.</param>
    /// <param name="remarks">What remains and why: written by hand, since figures do not say it.</param>
    public static string Of(Results results, string remarks)
    {
        var text = new StringBuilder(Intro.ReplaceLineEndings("\n"));
        var boards = results.Rows.Select(row => row.Board).Where(board => board.StartsWith("pi", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal).Reverse().ToList();
        foreach (var board in boards)
        {
            text.Append($"## What was aimed at ({board})\n\nWhat was not reached is marked.\n\n{Aims.Of(results, board)}\n");
        }

        if (remarks.Length > 0)
        {
            text.Append($"## What remains, and why\n\n{remarks.Trim()}\n\n");
        }

        foreach (var (part, title, says, write) in Sections)
        {
            Append(text, results, boards, part, title, says, write);
        }

        text.Append($"## The machine\n\n{OtherSections.Machines(results)}");
        return text.ToString().TrimEnd() + "\n";
    }

    private static void Append(StringBuilder text, Results results, List<string> boards, string part, string title, string says, Func<BoardResults, string> write)
    {
        foreach (var board in boards.Append("-"))
        {
            var rows = new BoardResults(results, part, board);
            if (!rows.IsEmpty)
            {
                text.Append($"## {title}{(board == "-" ? "" : $" ({board})")}\n\n{says.ReplaceLineEndings("\n")}\n\n{write(rows).TrimEnd()}\n\n");
            }
        }
    }
}
