using Ferry.Lab;

namespace Ferry.EndToEnd.Boards;

/// <summary>What a user does with a board, from the first command on. Run on each board.</summary>
public abstract class RunTests(BoardSession board)
{
    [Fact]
    public void Adding_the_board_chooses_its_target_and_says_why()
    {
        board.Added.Errors.ShouldContain(board.Triple);
        board.Added.Errors.ShouldContain($"because {board.Reason}\n");
        var shown = board.Ferry.Run("device", "show", board.Board.Name).ShouldExitWith(0);
        shown.Output.ShouldContain(board.Triple);
        shown.Output.ShouldContain("glibc 2.36");
        board.Ferry.Run("device", "show", board.Board.Name, "--json").ShouldExitWith(0).Output.ShouldContain($"\"triple\": \"{board.Triple}\"");
        board.Ferry.Run("device", "list").ShouldExitWith(0).Output.ShouldContain(board.Triple);
    }

    [Fact]
    public void A_second_add_refreshes_and_fetches_nothing_again()
    {
        var again = board.Ferry.Run("device", "add", board.Board.Name, board.Board.Name).ShouldExitWith(0);
        again.Errors.ShouldContain("already here");
    }

    [Fact]
    public void Checking_the_board_finds_it_as_it_was() =>
        board.Ferry.Run("device", "check", board.Board.Name).ShouldExitWith(0).Errors.ShouldContain("is as it was");

    [Fact]
    public void A_program_runs_there_and_a_second_run_sends_nothing()
    {
        var first = board.Ferry.RunIn(board.Hello, "run", "--release").ShouldExitWith(0);
        first.Output.ShouldContain("Hello");
        first.Output.ShouldContain(board.Triple.Split('-')[0] == "aarch64" ? "aarch64" : "arm");

        var second = board.Ferry.RunIn(board.Hello, "run", "--release", "-v").ShouldExitWith(0);
        second.Output.ShouldBe(first.Output);
        second.Errors.ShouldContain("0 bytes of programs sent");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(255)]
    public void The_exit_code_is_the_programs(int code) =>
        board.RunCounterpart("--", "exit", code.ToString()).ShouldExitWith(code);

    [Fact]
    public void The_sample_of_the_readme_exits_as_it_is_told() =>
        board.Ferry.RunIn(board.Hello, "run", "--", "--exit", "7").ShouldExitWith(7);

    [Fact]
    public void A_program_killed_by_a_signal_ends_ferry_by_the_same_and_says_so()
    {
        var result = board.RunCounterpart("--", "segv").ShouldExitWith(139);
        result.Errors.ShouldContain("SIGSEGV");
    }

    [Fact]
    public void A_fault_is_told_with_its_place_in_the_sources_and_told_again_by_why()
    {
        var died = board.RunCounterpart("--", "segv").ShouldExitWith(139);
        died.Errors.ShouldContain($"error: 'counterpart' was killed by SIGSEGV (invalid memory access), on device '{board.Board.Name}'\n  --> src/main.rs:");
        died.Errors.ShouldContain(": counterpart::main  src/main.rs:");
        died.Errors.ShouldContain("cause: it accessed address 0x8 (8 bytes behind null), where nothing is mapped");

        var again = board.Ferry.RunIn(board.Counterpart, "why", "-v").ShouldExitWith(0);
        again.Output.ShouldBeEmpty();
        again.Errors.ShouldContain(died.Errors.Trim());
        again.Errors.ShouldContain(" sp ");
    }

    [Fact]
    public void An_abort_is_told_with_the_function_that_called_it()
    {
        var died = board.RunCounterpart("--", "abort").ShouldExitWith(134);
        died.Errors.ShouldContain("  --> src/main.rs:");
        died.Errors.ShouldContain(": counterpart::main  src/main.rs:");
        died.Errors.ShouldContain("cause: it aborted itself");
    }

    [Fact]
    public void A_panic_is_no_death()
    {
        var panicked = board.RunCounterpart("--", "panic").ShouldExitWith(101);
        panicked.Errors.ShouldNotContain("cause:");
        panicked.Errors.ShouldNotContain("error:");
    }

    [Fact]
    public void A_core_file_is_read()
    {
        board.RunCounterpart("--", "exit", "0").ShouldExitWith(0);
        var core = Path.Combine(board.Ferry.Home, "core");
        var made = board.OnBoard("for d in $(ls -td ~/.cache/ferry/store/*/); do [ -x ${d}counterpart ] && break; done; cd $(mktemp -d) && ulimit -c unlimited && { ${d}counterpart segv >/dev/null 2>&1 || true; } && cat core*");
        File.WriteAllBytes(core, made.ShouldExitWith(0).OutputBytes);

        var told = board.Ferry.RunIn(board.Counterpart, "why", "--core", core, $"target/{board.Triple}/debug/counterpart").ShouldExitWith(0);

        told.Errors.ShouldContain("error: 'counterpart' was killed by SIGSEGV (invalid memory access)\n  --> src/main.rs:");
        told.Errors.ShouldContain("cause: it accessed address 0x8 (8 bytes behind null), where nothing is mapped");
    }

    [Fact]
    public void Input_reaches_the_program_byte_for_byte()
    {
        var input = Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7)).ToArray();
        var result = board.Ferry.RunIn(board.Counterpart, input, "run", "--quiet", "--", "cat").ShouldExitWith(0);
        result.OutputBytes.ShouldBe(input);
    }

    [Fact]
    public void The_two_output_streams_stay_apart()
    {
        var result = board.RunCounterpart("--", "both").ShouldExitWith(0);
        result.Output.ShouldBe("to stdout\n");
        result.Errors.ShouldBe("to stderr\n");
    }

    [Fact]
    public void A_reader_that_has_enough_ends_the_program_cleanly()
    {
        var line = $"'{FerryTool.Path}' run --quiet -- count | head -1; echo \"${{PIPESTATUS[0]}}\"";
        var result = Run.Process("bash", ["-c", line], board.Counterpart, board.Ferry.Variables()).ShouldExitWith(0);
        result.Output.ShouldStartWith("1\n");
        result.Errors.ShouldNotContain("error");
    }

    [Fact]
    public void Arguments_arrive_as_they_are()
    {
        string[] arguments = ["a b", "$(x)", "'", "\"", "line\nfeed", "*", "", "\\", "~", "-v", "--", "ä€😀"];
        var result = board.RunCounterpart(["--", "echo", .. arguments]).ShouldExitWith(0);
        result.Output.ShouldBe(string.Concat(arguments.Select(a => a + "\0")));
    }

    [Fact]
    public void An_argument_that_is_not_UTF8_arrives_as_it_is()
    {
        var result = Run.Process("bash", ["-c", $"exec '{FerryTool.Path}' run --quiet -- echo $'\\xff\\xfe\\x80z'"], board.Counterpart, board.Ferry.Variables()).ShouldExitWith(0);
        result.OutputBytes.ShouldBe([0xff, 0xfe, 0x80, (byte)'z', 0]);
    }

    [Fact]
    public void The_environment_is_the_boards_and_what_was_asked_for()
    {
        board.Ferry.Environment["SECRET"] = "s3cr3t value";
        board.Ferry.Environment["RUST_LOG"] = "debug";
        board.Ferry.Environment["NOT_ASKED_FOR"] = "1";
        var result = board.RunCounterpart("--env", "A=1 2", "--env", "SECRET", "--", "env").ShouldExitWith(0);
        var variables = result.Output.Split('\0');
        variables.ShouldContain("A=1 2");
        variables.ShouldContain("SECRET=s3cr3t value");
        variables.ShouldContain("RUST_LOG=debug");
        variables.ShouldContain("HOME=/home/pi");
        variables.ShouldNotContain("NOT_ASKED_FOR=1");
    }

    [Fact]
    public void The_program_runs_in_the_home_folder_or_where_it_was_told()
    {
        board.RunCounterpart("--", "folder").ShouldExitWith(0).Output.ShouldBe("/home/pi\n");
        board.RunCounterpart("--folder", "/usr/bin", "--", "folder").ShouldExitWith(0).Output.ShouldBe("/usr/bin\n");
        var wrong = board.RunCounterpart("--folder", "/no/such/folder", "--", "folder").ShouldExitWith(125);
        wrong.Errors.ShouldContain("/no/such/folder");
    }

    [Fact]
    public void On_a_terminal_the_program_has_one_of_the_same_size()
    {
        var line = $"stty rows 33 cols 77; '{FerryTool.Path}' run --quiet -- terminal";
        var result = Run.Process("script", ["-qec", line, "/dev/null"], board.Counterpart, board.Ferry.Variables()).ShouldExitWith(0);
        result.Output.ShouldContain("stdin yes, stdout yes, stderr yes, 33 rows, 77 columns");
    }

    [Fact]
    public void Off_a_terminal_the_program_has_none() =>
        board.RunCounterpart("--", "terminal").ShouldExitWith(0).Output.ShouldContain("stdin no, stdout no, stderr no");

    [Fact]
    public void A_signal_to_ferry_reaches_the_program()
    {
        var output = board.RunUntilSignal("TERM");
        output.ShouldContain("got SIGTERM");
        output.ShouldContain("code 42");
    }

    [Fact]
    public void When_the_connection_is_lost_nothing_stays_behind()
    {
        var mark = "mark" + Guid.NewGuid().ToString("N");
        var line = $"""
            : > out.txt
            '{FerryTool.Path}' run --quiet -- stubborn {mark} > out.txt 2> err.txt & pid=$!
            until grep -q ready out.txt; do sleep 0.1; done
            kill -KILL $pid; wait $pid; true
            """;
        Run.Process("bash", ["-c", line], board.Counterpart, board.Ferry.Variables()).ShouldExitWith(0);
        Waiting.Until(() => board.OnBoard($"pgrep -f '[m]{mark[1..]}' | wc -l").Output.Trim() == "0", TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_program_that_needs_what_the_board_lacks_is_refused_before_it_is_sent() => board.RefusesAProgramOfThisPc();

    [Fact]
    public void What_the_board_is_is_told_with_how_it_was_learnt()
    {
        var shown = board.Ferry.Run("device", "show", board.Board.Name).ShouldExitWith(0).Output;
        shown.ShouldContain("(the texts in libc.so.6, libgcc_s.so.1 and libstdc++.so.6)");
        shown.ShouldContain("GLIBC_2.36, GLIBCXX_3.4.30");
        shown.ShouldContain(board.Triple.StartsWith("aarch64", StringComparison.Ordinal) ? "fp asimd" : "vfpv4 idiva idivt");
        var decided = board.Ferry.Run("targets", "--for", board.Board.Name).ShouldExitWith(0).Output;
        decided.ShouldContain(board.Triple);
        decided.ShouldContain(board.Reason);
    }

    [Fact]
    public void Tuned_programs_are_built_for_the_board_s_core_beside_the_others()
    {
        board.Ferry.RunIn(board.Hello, "run").ShouldExitWith(0);
        var tuned = board.Ferry.RunIn(board.Hello, "run", "--tune", "-v").ShouldExitWith(0);
        tuned.Errors.ShouldContain(board.Triple.StartsWith("aarch64", StringComparison.Ordinal) ? "-C target-cpu=cortex-a72" : "-C target-cpu=cortex-a7");
        tuned.Output.ShouldContain("Hello from");

        board.Ferry.RunIn(board.Hello, "run").ShouldExitWith(0).Errors.ShouldNotContain("Compiling", customMessage: "what was there is still there");
        board.Ferry.RunIn(board.Hello, "run", "--tune").ShouldExitWith(0).Errors.ShouldNotContain("Compiling");
    }

    [Fact]
    public void A_workspace_with_a_proc_macro_a_build_script_and_a_cdylib_runs()
    {
        var result = board.Ferry.RunIn(Path.Combine(board.Samples, "workspace"), "run", "--bin", "host").ShouldExitWith(0);
        result.Output.ShouldNotBeEmpty();
    }

    [Fact]
    public void Two_runs_at_once_do_not_disturb_each_other()
    {
        board.RunCounterpart("--", "exit", "0").ShouldExitWith(0);
        var line = $"for i in 1 2 3 4 5 6 7 8 9 10 11 12; do '{FerryTool.Path}' run --quiet -- exit $i & pids=\"$pids $!\"; done; for p in $pids; do wait $p; printf '%s ' $?; done";
        var result = Run.Process("bash", ["-c", line], board.Counterpart, board.Ferry.Variables()).ShouldExitWith(0);
        result.Output.ShouldBe("1 2 3 4 5 6 7 8 9 10 11 12 ", result.ToString());
    }
}
