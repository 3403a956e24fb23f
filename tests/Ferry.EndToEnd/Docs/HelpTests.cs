using Ferry.Lab;

namespace Ferry.EndToEnd.Docs;

public sealed class HelpTests
{
    private static string Folder => Repository.PathOf("tests", "Ferry.EndToEnd", "Docs", "help");

    public static TheoryData<string> Commands => [.. HelpPages.All.Select(page => page.Command)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_help_is_as_it_was_last_read_by_a_person(string command) =>
        Snapshot.Compare(Path.Combine(Folder, command.Replace(' ', '-') + ".txt"), HelpPages.All.Single(page => page.Command == command).Text);

    [Fact]
    public void No_help_is_kept_of_a_command_that_is_gone() =>
        Directory.GetFiles(Folder).Select(file => Path.GetFileNameWithoutExtension(file).Replace('-', ' ')).ShouldBe(HelpPages.All.Select(page => page.Command), ignoreOrder: true);

    [Fact]
    public void The_help_fits_a_narrow_terminal() =>
        HelpPages.All.SelectMany(page => page.Text.Split('\n')).ShouldAllBe(line => line.Length <= 100);
}
