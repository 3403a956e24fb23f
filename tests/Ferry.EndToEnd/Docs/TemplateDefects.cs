namespace Ferry.EndToEnd.Docs;

/// <summary>What goes wrong with the template rpi-rs-crosscompile, as its sources show it, and the tests that show it gone: docs/guide/from-rpi-rs-crosscompile.md.</summary>
internal static class TemplateDefects
{
    public static readonly (string Defect, string[] Tests)[] All =
    [
        ("what a step ends with is ignored: cargo run and cargo test succeed whatever happens",
            ["CountTests.Codes_and_counts_are_those_of_this_PC", "InitTests.What_the_program_ends_with_is_what_cargo_ends_with", "RunTests.The_exit_code_is_the_programs"]),
        ("when scp fails, what was sent the last time is run",
            ["EditedProgramTests.What_did_not_get_there_is_not_run_as_it_was_before"]),
        ("what follows the program's name goes to cargo, and its arguments never reach the program",
            ["InitTests.Arguments_reach_the_program_as_they_were_typed", "RunTests.Arguments_arrive_as_they_are"]),
        ("every program is called --app there: tests and examples replace each other",
            ["InitTests.Each_program_is_itself_and_not_the_last_one_that_was_sent", "AgentStoreTests.Whatever_is_sent_is_stored_byte_for_byte"]),
        ("in one version -L takes -f for its argument: to debug in a terminal does not work",
            ["DebugTests.Gdb_shows_rusts_types_steps_watches_and_changes_a_variable_and_Ferry_ends_as_the_program"]),
        ("gdbserver listens on every interface of the device",
            ["EndedSessionsTests.However_a_session_ends_nothing_is_left_and_no_port_was_ever_open"]),
        ("killall ends everybody's gdbserver",
            ["LoopbackDebugTests.A_gdbserver_of_somebody_else_is_left_alone", "LoopbackDebugTests.Two_sessions_at_once_do_not_disturb_each_other"]),
        ("it sleeps for 0.2 s, or not at all, instead of waiting for gdbserver",
            ["LoopbackDebugTests.A_gdbserver_that_takes_its_time_is_waited_for"]),
        ("-f is said to be a key, and is a file with a password; without a password nothing works",
            ["SshTerminalTests.On_a_terminal_ssh_asks_and_the_answer_counts", "SshTerminalTests.Without_a_terminal_an_askpass_program_is_asked_and_otherwise_nobody"]),
        ("cargo build gets no --target, and --tc changes only where the program is looked for",
            ["RunTests.Adding_the_board_chooses_its_target_and_says_why", "ProjectTests.A_target_that_is_not_the_devices"]),
        ("the README's -d -t -r runs instead of debugging",
            ["DebugWordsTests.What_does_not_go_together_is_wrong_usage_before_anything_is_done", "CommandLineTests.What_is_wrong_is_named_with_what_to_do"]),
        ("a program that runs cannot be replaced (ETXTBSY)",
            ["EditedProgramTests.The_new_one_runs_while_the_one_before_still_does_and_goes_on", "AgentStoreTests.A_program_that_runs_can_be_stored_again"]),
        ("paths and arguments are not quoted",
            ["OptionTests.A_target_folder_with_a_blank_and_letters_of_its_own", "ShellQuoteTests.Any_bytes_arrive_as_they_are"]),
        ("each step is a connection of its own, which on Windows asks for the password each time",
            ["SshTerminalTests.A_connection_that_is_there_costs_one_call_of_ssh", "StandbyTests.The_next_runs_take_it_over_one_after_the_other_and_start_no_ssh"]),
        ("it prints to stdout, where cargo-nextest reads the list of tests",
            ["NextestTests.Lists_are_byte_exact_and_each_test_is_a_process"]),
        ("a toolchain has to be downloaded from somebody's folder",
            ["RunTests.A_program_runs_there_and_a_second_run_sends_nothing", "TemplateDefectTests.What_the_tests_build_is_linked_without_a_toolchain_to_download"]),
        ("launch.json has the request 'custom' and one program, one target and one PC's port in it",
            ["VscodeFilesTests.A_debugger_is_launched_or_attached_and_nothing_else", "VscodeFilesTests.Each_launch_has_its_task_and_each_task_serves_where_the_debugger_connects", "VscodeFilesTests.Neither_file_names_a_device_or_this_pc"]),
        ("tasks.json takes a task for started before gdbserver listens",
            ["VscodeFilesTests.The_patterns_fit_what_is_printed_and_no_other_line"]),
        ("a program whose gdbserver the editor started has no output",
            ["ServeTests.One_debugger_at_a_time_has_it_on_the_loopback_and_the_program_reads_this_terminal", "EditorTests.CodeLLDBs_commands_debug_the_program_in_lldb"]),
    ];
}
