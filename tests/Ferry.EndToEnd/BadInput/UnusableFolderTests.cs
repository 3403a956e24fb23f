using Ferry.Lab;

namespace Ferry.EndToEnd.BadInput;

/// <summary>
/// A user of a board whose home becomes full, read-only, or without the right to start programs, after the device was added. Each time: a clear error,
/// nothing half done, and once it is mended the next try works.
/// </summary>
[Collection("boards")]
public sealed class UnusableFolderTests : IDisposable
{
    private readonly Board board = Board.Up("pi4");
    private readonly FerryTool ferry;
    private readonly CargoProject project;
    private readonly string user = "u" + Guid.NewGuid().ToString("N")[..8];
    private readonly int id = Random.Shared.Next(3000, 60000);

    public UnusableFolderTests()
    {
        ferry = new FerryTool { Ssh = board.Ssh };
        project = CargoProject.WithProgram(ferry.Home, "small");
        AsRoot($"""
            printf '\n{user}:x:{id}:{id}::{Home}:/bin/sh\n' >> /etc/passwd
            mkdir {Home} && mount -t tmpfs -o size=20m,mode=700,uid={id},gid={id} tmpfs {Home}
            mkdir {Home}/.ssh && cp /home/pi/.ssh/authorized_keys {Home}/.ssh/ && chmod 700 {Home}/.ssh && chown -R {id}:{id} {Home}/.ssh
            """);
        ferry.Run("device", "add", "tight", $"{user}@{board.Name}").ShouldExitWith(0);
        ferry.Run("device", "show", "tight").Output.ShouldContain($"{Home}/.cache/ferry");
    }

    private string Home => "/mnt/" + user;

    private string Kept => Home + "/.cache/ferry";

    public void Dispose()
    {
        // The agent of an ssh connection that is just ending may still be in the folder.
        AsRoot($"umount -l {Home} && rmdir {Home}; grep -v -e '^{user}:' -e '^$' /etc/passwd > /etc/passwd.{user}; cat /etc/passwd.{user} > /etc/passwd; rm /etc/passwd.{user}");
        ferry.Dispose();
    }

    [Fact]
    public void A_folder_that_is_full_read_only_or_noexec_is_said_to_be_so()
    {
        Full("for the agent", left: 100);
        Works();
        AsRoot($"rm -r {Kept}/store");
        Full("for the program", left: 100);
        Works();

        AsRoot($"rm -r {Kept}; mount -o remount,ro {Home}");
        Fails($"error: cannot put Ferry's agent into {Kept} on device 'tight'\ncause: .*Read-only file system");
        AsRoot($"mount -o remount,rw {Home}");
        Works();

        AsRoot($"mount -o remount,noexec {Home}");
        Fails("error: Ferry's agent does not start on device 'tight'\ncause: .*Permission denied");
        var elsewhere = ferry.Run("device", "add", "tight", $"{user}@{board.Name}").ShouldExitWith(0);
        ferry.Run("device", "show", "tight").Output.ShouldContain($"/tmp/ferry-{id}", customMessage: elsewhere.ToString());
        Works();
        AsRoot($"rm -rf /tmp/ferry-{id} /var/tmp/ferry-{id}");
    }

    private void Full(string what, int left)
    {
        AsRoot($"cat /dev/zero > {Home}/fill 2>/dev/null; truncate -s -{left}k {Home}/fill");
        var before = Files();
        Fails("error: .*\ncause: .*No space left on device", what);
        Files().ShouldBe(before, what);
        AsRoot($"rm {Home}/fill");
    }

    private void Fails(string pattern, string? what = null)
    {
        var result = ferry.RunIn(project.Folder, "run", "-q").ShouldExitWith(125);
        result.Output.ShouldBeEmpty();
        result.Errors.ShouldMatch(pattern, $"{what}: {result}");
    }

    private void Works()
    {
        var result = ferry.RunIn(project.Folder, "run", "-q").ShouldExitWith(0);
        result.Output.ShouldBe("small runs\n");
    }

    private string Files() => AsRoot($"ls -lR {Kept} 2>/dev/null | grep '^-'; true");

    private string AsRoot(string commands) => board.Shell(commands, "root").ShouldExitWith(0).Output;
}
