namespace Ferry.Settings;

/// <summary>A folder and all that it lies in, from the inside out: where cargo and rustup look for their files.</summary>
internal static class Lineage
{
    public static IEnumerable<string> Of(string folder)
    {
        for (var above = Path.GetFullPath(folder); above is not null; above = Path.GetDirectoryName(above))
        {
            yield return above;
        }
    }
}
