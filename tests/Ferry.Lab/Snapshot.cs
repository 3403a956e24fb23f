namespace Ferry.Lab;

/// <summary>Compares with a file in the tree. <c>FERRY_UPDATE_SNAPSHOTS=1</c> writes the file instead: read the diff before you commit it.</summary>
public static class Snapshot
{
    private static readonly bool Updates = Environment.GetEnvironmentVariable("FERRY_UPDATE_SNAPSHOTS") == "1";

    /// <summary>Fails, with the first line that differs, unless the file holds <paramref name="actual"/>.</summary>
    public static void Compare(string path, string actual)
    {
        if (Updates)
        {
            File.WriteAllText(path, actual);
            return;
        }

        var expected = File.Exists(path) ? File.ReadAllText(path) : "";
        if (expected != actual)
        {
            throw new InvalidOperationException($"{path} differs from what came out\n{FirstDifference(expected, actual)}\nif it is as it should be: FERRY_UPDATE_SNAPSHOTS=1");
        }
    }

    private static string FirstDifference(string expected, string actual)
    {
        string[] before = expected.Split('\n'), after = actual.Split('\n');
        var line = 0;
        while (line < before.Length && line < after.Length && before[line] == after[line])
        {
            line++;
        }

        return $"line {line + 1}\n  expected: {At(before, line)}\n  actual:   {At(after, line)}";
    }

    private static string At(string[] lines, int line) => line < lines.Length ? lines[line] : "(the end)";
}
