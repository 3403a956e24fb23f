using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ferry.Editors;

namespace Ferry.Tests.Editors;

public sealed class VscodeFilesTests
{
    private const string Target = "${workspaceFolder}/target";

    private static readonly IReadOnlyList<EditorSession> Sessions = EditorSession.Of([new("hello", []), new("server", ["-p", "net"])], 2345);
    private static readonly IReadOnlyList<EditorDebugger> Debuggers = [.. EditorDebuggers.All.Values];

    private static JsonArray Tasks => Parse(VscodeFiles.Tasks("", Sessions))["tasks"]!.AsArray();

    private static JsonArray Configurations => Parse(VscodeFiles.Launch("", Sessions, Debuggers, Target))["configurations"]!.AsArray();

    [Fact]
    public void Each_launch_has_its_task_and_each_task_serves_where_the_debugger_connects()
    {
        var tasks = Tasks.ToDictionary(task => task!["label"]!.GetValue<string>(), task => task!);
        Configurations.Count.ShouldBe(Debuggers.Count * Sessions.Count);
        foreach (var launch in Configurations)
        {
            var task = tasks[launch!["preLaunchTask"]!.GetValue<string>()];
            var words = task["args"]!.AsArray().Select(word => word!.GetValue<string>()).ToList();
            words[..2].ShouldBe(["debug", "--serve"]);
            launch.ToJsonString().ShouldContain("127.0.0.1:" + words[2]);
        }
    }

    [Fact]
    public void A_debugger_is_launched_or_attached_and_nothing_else() =>
        Configurations.Select(launch => launch!["request"]!.GetValue<string>()).Except(["launch", "attach"]).ShouldBeEmpty();

    [Fact]
    public void No_two_entries_have_the_same_name()
    {
        Tasks.Select(task => task!["label"]!.GetValue<string>()).ShouldBeUnique();
        Configurations.Select(launch => launch!["name"]!.GetValue<string>()).ShouldBeUnique();
    }

    [Fact]
    public void Two_programs_and_a_test_can_be_debugged_at_once() =>
        Sessions.Where(session => !session.IsAttached).Select(session => session.Port).ShouldBe([2345, 2346, 2347]);

    /// <summary>VS Code takes the colours out of a line before it looks.</summary>
    [Fact]
    public void The_patterns_fit_what_is_printed_and_no_other_line()
    {
        foreach (var (task, session) in Tasks.Zip(Sessions))
        {
            var background = task!["problemMatcher"]!["background"]!;
            bool Matches(string pattern, string line) => Regex.IsMatch(line, background[pattern]!.GetValue<string>(), RegexOptions.ECMAScript, TimeSpan.FromSeconds(1));
            var ready = $"{ServeWords.Serving,12} {ServeWords.ServingText("hello", session.Port)}";
            var begin = $"{ServeWords.Preparing,12} {ServeWords.PreparingText("hello")}";
            Matches("endsPattern", ready).ShouldBeTrue();
            Matches("beginsPattern", begin).ShouldBeTrue();
            Matches("endsPattern", begin).ShouldBeFalse();
            Matches("beginsPattern", ready).ShouldBeFalse();
            Matches("endsPattern", $"{ServeWords.Serving,12} {ServeWords.ServingText("hello", session.Port + 10000)}").ShouldBeFalse();
            Matches("endsPattern", "   Compiling hello v0.1.0").ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("error[E0425]: cannot find value `x` in this scope", " --> src/main.rs:2:20", "error", "E0425", "src/main.rs", "2")]
    [InlineData("warning: unused variable: `x`", "  --> net/src/main.rs:12:9", "warning", "", "net/src/main.rs", "12")]
    public void The_problem_matcher_reads_rustc(string first, string second, string severity, string code, string file, string line)
    {
        var patterns = Tasks[0]!["problemMatcher"]!["pattern"]!.AsArray();
        Match At(int i, string text) => Regex.Match(text, patterns[i]!["regexp"]!.GetValue<string>(), RegexOptions.ECMAScript, TimeSpan.FromSeconds(1));
        string Group(Match match, int i, string name) => match.Groups[patterns[i]![name]!.GetValue<int>()].Value;
        (Group(At(0, first), 0, "severity"), Group(At(0, first), 0, "code")).ShouldBe((severity, code));
        (Group(At(1, second), 1, "file"), Group(At(1, second), 1, "line")).ShouldBe((file, line));
    }

    [Fact]
    public void What_was_written_before_stays_and_is_not_written_twice()
    {
        const string Own = """
            {
                // mine
                "version": "0.2.0",
                "configurations": [
                    { "name": "mine", "type": "lldb", }, // keep
                    { "name": "ferry: debug hello (CodeLLDB)", "args": ["changed"] },
                ],
            }
            """;
        var once = VscodeFiles.Launch(Own, Sessions, Debuggers, Target);
        once.ShouldContain("{ \"name\": \"mine\", \"type\": \"lldb\", }, // keep");
        var names = Parse(once)["configurations"]!.AsArray().Select(launch => launch!["name"]!.GetValue<string>()).ToList();
        names.ShouldBeUnique();
        names.Count.ShouldBe(Debuggers.Count * Sessions.Count + 1);
        VscodeFiles.Launch(once, Sessions, Debuggers, Target).ShouldBe(once);
        VscodeFiles.Tasks(VscodeFiles.Tasks("", Sessions), Sessions).ShouldBe(VscodeFiles.Tasks("", Sessions));
    }

    [Fact]
    public void Neither_file_names_a_device_or_this_pc()
    {
        var all = VscodeFiles.Tasks("", Sessions) + VscodeFiles.Launch("", Sessions, Debuggers, Target);
        all.ShouldNotContain(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + "/");
        all.ShouldNotContain("--on");
    }

    private static JsonNode Parse(string text) => JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })!;
}
