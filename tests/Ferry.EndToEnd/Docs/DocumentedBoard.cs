using System.Runtime.Versioning;
using Ferry.EndToEnd.Boards;
using Ferry.EndToEnd.CLibraries;
using Ferry.Lab;

namespace Ferry.EndToEnd.Docs;

/// <summary>
/// What a reader of the documentation has: devices 'pi4' and 'zero', at addresses that here all lead to one emulated board, and a project with the
/// programs that the examples name.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class DocumentedBoard : IDisposable
{
    private const string Hosts = "192.168.1.40 raspberrypi.local an-alias-of-ssh-config";
    private readonly Board board = Board.Up("pi4");
    private readonly FerryTool ferry = new();
    private readonly SignedArchive archive;

    public DocumentedBoard()
    {
        ferry.Environment["FERRY_SSH"] = WriteSsh();
        ferry.Environment["XDG_RUNTIME_DIR"] = ferry.Home;
        Directory.CreateDirectory(Tools);
        File.CreateSymbolicLink(Path.Combine(Tools, "ferry"), FerryTool.Path);
        ferry.Environment["PATH"] = $"{Tools}:{ToolPath.WithoutCompiler}";
        BoardSession.Copy(Repository.PathOf("tests", "Ferry.EndToEnd", "Docs", "project"), Project);
        File.Copy(Repository.PathOf("samples", "hello", "src", "main.rs"), Path.Combine(Project, "src", "main.rs"));
        archive = BoardArchive.On(board, "arm64");
        File.Copy(SignedArchive.Debs("arm64").First(deb => Path.GetFileName(deb).StartsWith("libgpiod-dev_", StringComparison.Ordinal)), Path.Combine(Project, "libfoo-dev_1.0_arm64.deb"));
        Directory.CreateDirectory(Path.Combine(Project, "staging", "usr", "include"));
        File.WriteAllText(Path.Combine(Project, "staging", "usr", "include", "foo.h"), "int foo(void);\n");
        ferry.Run("device", "add", "pi4", "pi@192.168.1.40").ShouldExitWith(0);
        ferry.Run("device", "add", "zero", "pi@raspberrypi.local:2222").ShouldExitWith(0);
        BoardSession.Copy(Path.Combine(ferry.Home, "ferry", "config"), Path.Combine(ferry.Home, "devices-at-first"));
    }

    private string Project => Path.Combine(ferry.Home, "hello");

    private string Tools => Path.Combine(ferry.Home, "tools");

    /// <summary>A line as a shell runs it in the project. What an earlier line changed of the devices is undone first.</summary>
    public RunResult Type(string line)
    {
        var config = Path.Combine(ferry.Home, "ferry", "config");
        Directory.Delete(config, recursive: true);
        BoardSession.Copy(Path.Combine(ferry.Home, "devices-at-first"), config);
        return Run.Process("bash", ["-c", line], Project, ferry.Variables(), timeout: TimeSpan.FromMinutes(5));
    }

    public void Dispose()
    {
        Run.Process("bash", ["-c", $"for s in '{ferry.Home}'/ferry/*; do [ ! -S \"$s\" ] || ssh -S \"$s\" -O exit x; done"]);
        ferry.Dispose();
        archive.Dispose();
    }

    /// <summary>By way of the board's own sshd, so that no port in an address matters.</summary>
    private string WriteSsh()
    {
        var config = Path.Combine(ferry.Home, "ssh_config");
        File.WriteAllText(config, $"""
            Host {Hosts}
              ProxyCommand "{board.Ssh}" -W 127.0.0.1:22 {board.Name}
              User pi
              HostKeyAlias {board.Name}
              UserKnownHostsFile "{board.KnownHosts}"
              GlobalKnownHostsFile /dev/null
              IdentityFile "{board.Key}"
              IdentitiesOnly yes
              IdentityAgent none

            """);
        var ssh = Path.Combine(ferry.Home, "ssh");
        File.WriteAllText(ssh, $"#!/bin/sh\nexec /usr/bin/ssh -F '{config}' \"$@\"\n");
        File.SetUnixFileMode(ssh, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return ssh;
    }
}
