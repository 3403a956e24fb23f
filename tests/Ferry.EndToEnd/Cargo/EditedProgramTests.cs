using System.Runtime.Versioning;
using Ferry.EndToEnd.BadInput;
using Ferry.Lab;

namespace Ferry.EndToEnd.Cargo;

/// <summary>A program that was edited, beside the one that it was before: while that runs, and when the new one does not get there.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class EditedProgramTests : IClassFixture<LoopbackDevice>, IDisposable
{
    private readonly LoopbackDevice device;
    private readonly CuttingRelay relay;
    private readonly CargoProject project;
    private readonly string name = "e" + Guid.NewGuid().ToString("N")[..8];

    public EditedProgramTests(LoopbackDevice device)
    {
        this.device = device;
        relay = new CuttingRelay(device.Sshd.Port);
        device.Sshd.AddHost(name, device.Command, configuration: [$"Port {relay.Port}", "StrictHostKeyChecking no", "UserKnownHostsFile /dev/null", "LogLevel ERROR"]);
        device.Ferry.Run("device", "add", name, name).ShouldExitWith(0);
        project = new CargoProject(device.Ferry.Home, name);
    }

    [Fact]
    public void What_did_not_get_there_is_not_run_as_it_was_before()
    {
        Edit("the first");
        Run().ShouldExitWith(0).Output.ShouldBe("the first begins\nthe first ends\n");
        Edit("the second");
        relay.Cut();
        relay.CutAfter(8_000);

        Run().ShouldExitWith(125).Output.ShouldBe("");

        relay.CarryAll();
        Run().ShouldExitWith(0).Output.ShouldBe("the second begins\nthe second ends\n");
    }

    [Fact]
    public void The_new_one_runs_while_the_one_before_still_does_and_goes_on()
    {
        Edit("the first");
        Run().ShouldExitWith(0);
        using var first = device.Ferry.BeginIn(project.Folder, "run", "-q", "--on", name);
        first.StandardOutput.ReadLine().ShouldBe("the first begins");
        Edit("the second");

        Run().ShouldExitWith(0).Output.ShouldBe("the second begins\nthe second ends\n");

        first.HasExited.ShouldBeFalse();
        first.StandardInput.Close();
        first.StandardOutput.ReadToEnd().ShouldBe("the first ends\n");
        first.WaitForExit();
        first.ExitCode.ShouldBe(0);
    }

    public void Dispose()
    {
        relay.CarryAll();
        device.Ferry.Run("device", "remove", name);
        relay.Dispose();
    }

    private void Edit(string word) => project.With("src/main.rs", $$"""
        fn main() {
            println!("{{word}} begins");
            std::io::stdin().read_line(&mut String::new()).unwrap();
            println!("{{word}} ends");
        }
        """);

    private RunResult Run() => device.Ferry.RunIn(project.Folder, "run", "-q", "--on", name);
}
