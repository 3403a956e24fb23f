using System.Text;
using Ferry.Debugging;
using Ferry.Editors;
using Ferry.Settings;

namespace Ferry.Commands.Debugging;

/// <summary>What editors' files name, below cargo's target folder: <see cref="ServeWords"/>.</summary>
internal sealed record ServeFiles(string Folder, int Port)
{
    public string ProgramFile => Path.Combine(Folder, ServeWords.ProgramFile(Port));

    private string GdbFile => Path.Combine(Folder, ServeWords.GdbFile + (OperatingSystem.IsWindows() ? ".cmd" : ""));

    /// <param name="setup">What a debugger has to know.</param>
    /// <param name="gdb">The gdb that will do; null when there is none.</param>
    /// <param name="lack">Why there is none.</param>
    public void Write(DebugSetup setup, Debugger? gdb, FerryException? lack)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(ProgramFile)!);
        // Its own name: rustc's have a hash in them, or are replaced while a debugger reads them.
        var named = setup with { Program = ProgramFile };
        Name(setup.Program);
        AtomicFile.Write(Path.Combine(Folder, ServeWords.LldbFile(Port)), Encoding.UTF8.GetBytes(LldbScript.Target(named)), lasting: false);
        AtomicFile.Write(GdbFile, Encoding.UTF8.GetBytes(gdb is not null ? GdbStarter.Of(gdb, named) : GdbStarter.Missing(lack!)), lasting: false);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(GdbFile, (UnixFileMode)0b111_101_101);
        }
    }

    private void Name(string program)
    {
        File.Delete(ProgramFile);
        if (OperatingSystem.IsWindows())
        {
            File.Copy(program, ProgramFile);
        }
        else
        {
            File.CreateSymbolicLink(ProgramFile, program);
        }
    }
}
