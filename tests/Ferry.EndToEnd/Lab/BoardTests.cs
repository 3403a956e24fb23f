using Ferry.Lab;

namespace Ferry.EndToEnd.Lab;

/// <summary>The boards are what the other tests take them for.</summary>
public sealed class BoardTests
{
    [Theory]
    [InlineData("pi4", "aarch64")]
    [InlineData("pi2", "armv7l")]
    public void A_board_comes_up_and_lets_a_normal_user_in(string name, string machine)
    {
        var board = Board.Up(name);

        var said = board.Shell("uname -m; id -un; test -w . && echo mine");

        said.ShouldExitWith(0).Output.ShouldBe($"{machine}\npi\nmine\n");
    }

    [Theory]
    [InlineData("pi4")]
    [InlineData("pi2")]
    public void A_board_has_what_the_debugger_and_hard_cases_need(string name) =>
        Board.Up(name).Shell("""
            program=$(mktemp -p /mnt/noexec) && cp /bin/true "$program" && chmod +x "$program" &&
            ! "$program" && rm "$program" &&
            ! head -c 1000000 /dev/zero >/mnt/small/$$ && rm /mnt/small/$$ &&
            ! test -w /mnt/readonly &&
            gdbserver --version >/dev/null && busybox true
            """).ShouldExitWith(0);
}
