using System.Text;

namespace Ferry;

/// <summary>What lies in device/ in the sources travels inside this tool.</summary>
internal static class CarriedFile
{
    /// <summary>The names of what lies in a folder of device/ ("agent/"), in the order of their bytes.</summary>
    public static IEnumerable<string> NamesIn(string folder) =>
        typeof(CarriedFile).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("device/" + folder, StringComparison.Ordinal))
            .Select(name => name["device/".Length..][folder.Length..])
            .Order(StringComparer.Ordinal);

    public static string Text(string name)
    {
        using var stream = typeof(CarriedFile).Assembly.GetManifestResourceStream("device/" + name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
