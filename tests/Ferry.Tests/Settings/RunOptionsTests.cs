using Ferry.Settings;

namespace Ferry.Tests.Settings;

public sealed class RunOptionsTests
{
    [Fact]
    public void What_ferry_run_says_is_what_the_runner_hears()
    {
        var said = new RunOptions
        {
            Device = "pi4",
            Folder = "/home/pi/ä b",
            Target = "aarch64-unknown-linux-musl",
            Quiet = true,
            Timeout = TimeSpan.FromMilliseconds(1500),
            Beside = true,
            Untraced = true,
            Environment = new Dictionary<string, string> { ["EMPTY"] = "", ["ODD"] = "3:x\n=\"ü\"", ["LONG"] = new('x', 5000) },
        };

        var heard = RunOptions.Parse(said.ToText()).ShouldNotBeNull();

        (heard.Device, heard.Folder, heard.Target, heard.Quiet, heard.Verbose).ShouldBe((said.Device, said.Folder, said.Target, said.Quiet, said.Verbose));
        (heard.Timeout, heard.Beside, heard.Untraced).ShouldBe((said.Timeout, said.Beside, said.Untraced));
        heard.Environment.ShouldBe(said.Environment);
        RunOptions.Parse(new RunOptions { Device = "d" }.ToText())!.Folder.ShouldBeNull();
    }

    [Fact]
    public void What_was_cut_or_is_something_else_is_not_heard()
    {
        var text = new RunOptions { Device = "pi4", Environment = new Dictionary<string, string> { ["A"] = "b" } }.ToText();
        for (var length = 0; length < text.Length; length++)
        {
            if (text[..length] is not "3:pi40:0:0:0:0:0:0:")
            {
                RunOptions.Parse(text[..length]).ShouldBeNull(text[..length]);
            }
        }

        RunOptions.Parse("{\"device\":\"pi4\"}").ShouldBeNull();
        RunOptions.Parse("-1:").ShouldBeNull();
        RunOptions.Parse("99999999999:x").ShouldBeNull();
    }
}
