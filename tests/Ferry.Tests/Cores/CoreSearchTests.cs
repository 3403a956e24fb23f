using Ferry.Lab;
using Ferry.Remote.Cores;

namespace Ferry.Tests.Cores;

public sealed class CoreSearchTests
{
    [Fact]
    public void What_a_device_answers_is_read_and_sorted_and_nonsense_left_out()
    {
        var search = CoreSearch.Read("""
            a word of .profile
            pattern |/usr/lib/systemd/systemd-coredump %P %u
            limit 0
            looked /var/lib/systemd/coredump/core.*
            core 1700000000 12 r /older
            core 1700000001 0 - /var/a core with blanks
            core soon 12 r /not/a/time
            core 1700000002 12 r not/absolute
            core 99999999999999999 12 r /far
            core 1700000000 12 r /older

            """);

        search.Pattern.ShouldBe("|/usr/lib/systemd/systemd-coredump %P %u");
        search.Limit.ShouldBe("0");
        search.Looked.ShouldBe(["/var/lib/systemd/coredump/core.*"]);
        search.Cores.ShouldBe(
        [
            new FoundCore("/var/a core with blanks", DateTimeOffset.FromUnixTimeSeconds(1700000001), null, IsReadable: false),
            new FoundCore("/older", DateTimeOffset.FromUnixTimeSeconds(1700000000), 12, IsReadable: true),
        ]);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("it's; $(rm -rf /) `x` \"y\"")]
    public void Any_name_and_folder_go_through_the_shell(string word)
    {
        var answer = Run.Process("sh", ["-c", CoreSearch.Script(word, ["/no/" + word + "/*/x"])]).ShouldExitWith(0);

        var search = CoreSearch.Read(answer.Output);
        search.Looked.ShouldContain("/var/lib/systemd/coredump/core.*");
        search.Limit.ShouldNotBeEmpty();
        search.Cores.ShouldAllBe(core => core.Path.StartsWith('/'));
        answer.Errors.ShouldBeEmpty();
    }
}
