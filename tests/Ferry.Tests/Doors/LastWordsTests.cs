using System.Runtime.Versioning;
using Ferry.Doors.Deaths;
using Ferry.Lab;

namespace Ferry.Tests.Doors;

/// <summary>What real shells say of programs that they cannot start.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class LastWordsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ferry-words-").FullName;

    public LastWordsTests()
    {
        var program = File.ReadAllBytes("/bin/true");
        var loader = program.AsSpan().IndexOf("/ld-linux"u8);
        loader.ShouldBeGreaterThan(0);
        Write("plain", program, UnixFileMode.UserRead);
        program[18] ^= 0x80; // e_machine: of no processor
        Write("foreign", program);
        program[18] ^= 0x80;
        program[loader + 1] = (byte)'n';
        Write("loaderless", program);
    }

    [Theory]
    [InlineData("bash", "foreign", 126, "another processor")]
    [InlineData("bash", "loaderless", 127, "loader (or a script's interpreter) is not on the device")]
    [InlineData("bash", "plain", 126, "may not be executed")]
    [InlineData("bash", "missing", 127, "not there")]
    [InlineData("dash", "foreign", 126, "another processor")]
    [InlineData("dash", "loaderless", 127, "not there; shells say the same of a program whose loader")]
    [InlineData("dash", "missing", 127, "not there")]
    [InlineData("busybox", "foreign", 2, "took a program for a script")]
    [InlineData("busybox", "loaderless", 127, "not there; shells say the same of a program whose loader")]
    [InlineData("busybox", "missing", 127, "not there")]
    public void What_shells_say_is_known_by_its_meaning(string shell, string file, int code, string meaning)
    {
        // In a shell of its own, which is told about: the last command of a line may take a shell's place.
        string[] line = [.. shell == "busybox" ? (string[])["sh"] : [], "-c", $"./{file}; exit $?"];
        var result = Run.Process(shell, line, folder);

        result.ExitCode.ShouldBe(code, result.ToString());
        LastWords.Find(result.Errors, code).ShouldNotBeNull(result.ToString()).Meaning.ShouldContain(meaning);
    }

    [Theory]
    [InlineData("syntax error: expected `;` at line 3", 2)]
    [InlineData("config.toml: not found", 1)]
    [InlineData("Permission denied", 1)]
    [InlineData("thread 'main' panicked at src/main.rs:2:5", 101)]
    public void A_program_may_say_such_words_for_reasons_of_its_own(string words, int code) => LastWords.Find(words, code).ShouldBeNull();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Write(string name, byte[] bytes, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserExecute)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        File.SetUnixFileMode(path, mode);
    }
}
