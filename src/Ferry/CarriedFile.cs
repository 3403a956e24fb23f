using System.Text;

namespace Ferry;

/// <summary>What lies in device/ in the sources travels inside this tool.</summary>
internal static class CarriedFile
{
    public static string Text(string name)
    {
        using var stream = typeof(CarriedFile).Assembly.GetManifestResourceStream("device/" + name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
