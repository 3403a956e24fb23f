using System.Text.RegularExpressions;
using Ferry.Lab;

namespace Ferry.EndToEnd.BadInput;

/// <summary>What a user may type wrongly: everything is said on stderr, in rustc's three lines, with what was probably meant.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly FerryTool ferry = new();

    public void Dispose() => ferry.Dispose();

    public static TheoryData<string> Verbs => ["", "run", "build", "device", "device add", "device list", "device show", "device check", "device remove"];

    [Fact]
    public void Without_arguments_the_help_comes_as_an_error()
    {
        var result = ferry.Run().ShouldExitWith(2);
        result.Output.ShouldBeEmpty();
        result.Errors.ShouldBe(ferry.Run("--help").ShouldExitWith(0).Output);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Help_begins_with_what_the_verb_is_for_and_examples(string verb)
    {
        var result = ferry.Run([.. Words(verb), "--help"]).ShouldExitWith(0);
        result.Errors.ShouldBeEmpty();
        var lines = result.Output.Split('\n');
        lines[0].ShouldMatch("^[A-Za-z].*\\.$");
        lines[2].ShouldBe("Examples:");
        lines[3].ShouldContain(verb.Length > 0 && verb != "device" ? $"ferry {verb}" : "ferry device add");
        result.Output.ShouldContain("\nUsage:\n  ferry");
        ferry.Run([.. Words(verb), "-h"]).Output.ShouldBe(result.Output);
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("-V")]
    public void The_version_is_one_line_on_stdout(string option)
    {
        var result = ferry.Run(option).ShouldExitWith(0);
        result.Output.ShouldMatch("^ferry [0-9]+\\.[0-9]+\\.[0-9]+\n$");
        result.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("rnu", 2, "unexpected command 'rnu'", "did you mean 'run'? see: ferry --help")]
    [InlineData("devcie list", 2, "unexpected command 'devcie'", "did you mean 'device'? see: ferry --help")]
    [InlineData("--verison", 2, "unexpected option '--verison'", "did you mean '--version'? see: ferry --help")]
    [InlineData("device lst", 2, "unexpected command 'lst'", "did you mean 'list'? see: ferry device --help")]
    [InlineData("device list --jsno", 2, "unexpected option '--jsno'", "did you mean '--json'? see: ferry device list --help")]
    [InlineData("device add --defalt pi4 pi@pi4", 2, "unexpected option '--defalt'", "did you mean '--default'? see: ferry device add --help")]
    [InlineData("device show --jsn", 2, "unexpected option '--jsn'", "did you mean '--json'? see: ferry device show --help")]
    [InlineData("device add x -oProxyCommand=ls", 2, "unexpected option '-oProxyCommand=ls'", "see: ferry device add --help")]
    [InlineData("device add a b c", 2, "unexpected argument 'c'", "see: ferry device add --help")]
    [InlineData("device add", 2, "<name> is missing: ferry device add <name> <address> [options]", "for example: ferry device add pi4 pi@192.168.1.40")]
    [InlineData("device add pi4", 2, "<address> is missing: ferry device add <name> <address> [options]", "for example: ferry device add pi4 pi@192.168.1.40")]
    [InlineData("device remove", 2, "<name> is missing: ferry device remove <name> [options]", "for example: ferry device remove pi4")]
    [InlineData("device add emulator pi@pi4", 2, "the name 'emulator' is taken by the built-in device", "choose another: ferry device add my-emulator …")]
    [InlineData("device add x pi@", 2, "'pi@' is not an address", "write it as [USER@]HOST[:PORT], for example pi@192.168.1.40")]
    [InlineData("device add x host:99999", 2, "'host:99999' is not an address", "write it as [USER@]HOST[:PORT], for example pi@192.168.1.40")]
    [InlineData("device show nosuch", 2, "there is no device 'nosuch'", "add it: ferry device add nosuch [USER@]HOST")]
    [InlineData("device check nosuch", 2, "there is no device 'nosuch'", "add it: ferry device add nosuch [USER@]HOST")]
    [InlineData("device remove nosuch", 2, "there is no device 'nosuch'", "add it: ferry device add nosuch [USER@]HOST")]
    [InlineData("build --on nosuch", 2, "there is no device 'nosuch'", "add it: ferry device add nosuch [USER@]HOST")]
    [InlineData("run --on nosuch", 125, "there is no device 'nosuch'", "add it: ferry device add nosuch [USER@]HOST")]
    [InlineData("run --on emulatr", 125, "there is no device 'emulatr'", "did you mean 'emulator'?")]
    [InlineData("build --on a --on a", 2, "'--on' names 'a' twice", "see: ferry build --help")]
    [InlineData("run --on a,b,a", 125, "'--on' names 'a' twice", "see: ferry run --help")]
    [InlineData("run --on emulator,", 125, "'--on' is given an empty name among others", "see: ferry run --help")]
    [InlineData("run --on emulator,nosuch", 125, "there is no device 'nosuch'", "add it: ferry device add nosuch [USER@]HOST")]
    [InlineData("watch run --on nosuch", 2, "there is no device 'nosuch'", "add it: ferry device add nosuch [USER@]HOST")]
    [InlineData("watch", 2, "required command was not provided", "see: ferry watch --help")]
    [InlineData("run --on -oProxyCommand=ls", 125, "'-oProxyCommand=ls' is not an address", "write it as [USER@]HOST[:PORT], for example pi@192.168.1.40")]
    [InlineData("run --on emulator:z80", 125, "the emulator knows no processor 'z80'", "name one of these: --on emulator:cortex-a53")]
    [InlineData("run --env =x", 125, "'--env =x' names no variable", "--env K=V sets K, --env K copies it from here")]
    [InlineData("run --env NOT_SET_HERE", 125, "'--env NOT_SET_HERE' copies a variable that is not set here", "give it a value: --env NOT_SET_HERE=…")]
    public void What_is_wrong_is_named_with_what_to_do(string line, int exit, string error, string help)
    {
        var result = ferry.Run(Words(line)).ShouldExitWith(exit);
        result.Output.ShouldBeEmpty();
        result.Errors.ShouldStartWith($"error: {error}\n");
        result.Errors.ShouldEndWith($"help:  {help}\n");
        result.Errors.TrimEnd().Split('\n').Length.ShouldBeInRange(2, 3);
    }

    [Theory]
    [InlineData("run", 125)]
    [InlineData("build", 2)]
    public void An_empty_device_is_not_taken_for_the_default_one(string verb, int exit) =>
        ferry.Run(verb, "--on", "").ShouldExitWith(exit).Errors.ShouldStartWith("error: '--on' is given an empty name\n");

    [Fact]
    public void A_device_that_was_not_typed_is_named_with_its_origin()
    {
        ferry.Environment["FERRY_DEVICE"] = "nosuch";
        ferry.Run("run").ShouldExitWith(125).Errors.ShouldStartWith("error: there is no device 'nosuch'\ncause: it is named by FERRY_DEVICE\nhelp:  ");
    }

    [Fact]
    public void Colour_is_for_terminals_and_for_those_who_ask_for_it()
    {
        ferry.Environment["TERM"] = "xterm-256color";
        ferry.Run("rnu").Errors.ShouldNotContain('\e');
        ferry.Run("device", "show", "emulator").ShouldExitWith(0).Output.ShouldNotContain('\e');
        OnTerminal("rnu").ShouldContain("\e[1;31merror\e[0m: ");
        ferry.Environment["FORCE_COLOR"] = "1";
        ferry.Run("rnu").Errors.ShouldStartWith("\e[1;31merror\e[0m: ");
        ferry.Environment["NO_COLOR"] = "1";
        ferry.Run("rnu").Errors.ShouldNotContain('\e');
        OnTerminal("rnu").ShouldNotContain('\e');
    }

    [Fact]
    public void A_reader_that_has_enough_is_no_error()
    {
        var result = Run.Process("bash", ["-c", $"'{FerryTool.Path}' --help | true; echo ${{PIPESTATUS[0]}}"], ferry.Home, ferry.Variables()).ShouldExitWith(0);
        result.Errors.ShouldBeEmpty();
        result.Output.ShouldBeOneOf("0\n", "141\n");
    }

    [Fact]
    public void The_page_of_exit_codes_lists_those_of_the_source_and_no_others()
    {
        var page = Regex.Matches(File.ReadAllText(Repository.PathOf("docs", "reference", "exit-codes.md")), @"^\| ([0-9]+) \|", RegexOptions.Multiline);
        var source = Regex.Matches(File.ReadAllText(Repository.PathOf("src", "Ferry", "ExitCode.cs")), "const int [A-Za-z]+ = ([0-9]+);");
        source.Count.ShouldBeGreaterThan(5);
        page.Select(match => match.Groups[1].Value).ShouldBe(source.Select(match => match.Groups[1].Value), ignoreOrder: true);
    }

    private string OnTerminal(string line) =>
        Run.Process("script", ["-qec", $"'{FerryTool.Path}' {line}", "/dev/null"], ferry.Home, ferry.Variables()).Output;

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
