using System.Text;
using Ferry.Lab;

namespace Ferry.EndToEnd.Programs;

/// <summary>
/// A folder of some thousand files for programs that search, the same at each making: text of several alphabets, long lines, files with NULs, hidden
/// and ignored ones, names with blanks, links.
/// </summary>
public sealed class ProgramTree : IDisposable
{
    private const int Seed = 20130;
    private const int FolderCount = 120;
    private const int FileCount = 3000;
    private static readonly string[] Words = ["needle", "hay", "lorem", "Ipsum", "dolor_sit", "λόγος", "строка", "naïve", "0x1f", "begin", "end", "fn", "main()", "--", "a.b"];
    private static readonly string[] Endings = [".rs", ".txt", ".toml", ".c", ".md", "", ".log", ".tar.gz"];

    private readonly TemporaryFolder folder = new();
    private readonly Random random = new(Seed);

    public ProgramTree()
    {
        var folders = MakeFolders();
        for (var i = 0; i < FileCount; i++)
        {
            File.WriteAllBytes(Path.Combine(folders[random.Next(folders.Count)], NameOf(i)), Content(i));
        }

        // Ignore files count inside a repository of git's only.
        Directory.CreateDirectory(folder["tree/.git"]);
        File.WriteAllText(folder["tree/.gitignore"], "*.log\n/d1/\n!keep*.log\n");
        File.WriteAllText(folder["tree/.ignore"], "*.tar.gz\n");
        File.CreateSymbolicLink(folder["tree/link to a folder"], Path.GetFileName(folders[2]));
        File.CreateSymbolicLink(folder["tree/broken"], "no/such/file");
    }

    public string Root => folder["tree"];

    /// <summary>All of it as a tar archive.</summary>
    public byte[] Tar() => Run.Process("tar", ["-c", "-C", Root, "."]).ShouldExitWith(0).OutputBytes;

    public void Dispose() => folder.Dispose();

    private List<string> MakeFolders()
    {
        List<string> folders = [Root];
        for (var i = 0; i < FolderCount; i++)
        {
            var hidden = i % 17 == 3 ? "." : "";
            folders.Add(Path.Combine(folders[random.Next(folders.Count)], $"{hidden}{(i % 11 == 5 ? "two words " : "d")}{i}"));
        }

        folders.ForEach(path => Directory.CreateDirectory(path));
        return folders;
    }

    private string NameOf(int i) => (i % 37) switch
    {
        0 => $".hidden{i}",
        1 => $"with blank {i}{Endings[i % Endings.Length]}",
        2 => $"ünïcode {i}{Endings[i % Endings.Length]}",
        3 => $"keep{i}.log",
        _ => $"file{i}{Endings[i % Endings.Length]}",
    };

    private byte[] Content(int i)
    {
        if (i % 50 == 7)
        {
            return [];
        }

        var text = new StringBuilder(i % 41 == 9 ? "\0binary needle\n" : "");
        var lines = i % 200 == 11 ? 400 : random.Next(1, 40);
        for (var line = 0; line < lines; line++)
        {
            var words = i % 300 == 13 ? 3000 : random.Next(0, 9);
            text.AppendJoin(' ', Enumerable.Range(0, words).Select(_ => Words[random.Next(Words.Length)])).Append(line % 23 == 5 ? "\r\n" : "\n");
        }

        return i % 70 == 21 ? [0xff, 0xfe, .. Encoding.Unicode.GetBytes(text.ToString())] : Encoding.UTF8.GetBytes(text.ToString());
    }
}
