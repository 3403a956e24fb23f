using System.Text;
using Ferry.Processes;

namespace Ferry.Terminal;

/// <summary>The lines of one device among several: each with the device's name before it, and each written whole.</summary>
internal sealed class DeviceLines
{
    /// <summary>Cyan, magenta, yellow, blue, green and their bright sisters. No red: that is for errors.</summary>
    private static readonly string[] Palette = ["36", "35", "33", "34", "32", "96", "95", "93", "94", "92"];

    // One for both streams, which may be one terminal.
    private static readonly Lock Gate = new();
    private static readonly Stream ToOutput = StandardStream.Output();
    private static readonly Stream ToErrors = StandardStream.Errors();

    private readonly byte[] beforeOutput;
    private readonly byte[] beforeErrors;

    /// <param name="name">The device's name.</param>
    /// <param name="width">Of the longest of the names.</param>
    /// <param name="place">Its place in the list, which decides the colour.</param>
    public DeviceLines(string name, int width, int place)
    {
        beforeOutput = Prefix(name, width, place, Ink.ColoursOnOutput);
        beforeErrors = Prefix(name, width, place, Ink.Colours);
    }

    /// <param name="line">With its end.</param>
    public void Output(ReadOnlySpan<byte> line) => Write(ToOutput, beforeOutput, line);

    /// <param name="line">With its end.</param>
    public void Errors(ReadOnlySpan<byte> line) => Write(ToErrors, beforeErrors, line);

    private static byte[] Prefix(string name, int width, int place, bool colours)
    {
        var text = name.PadRight(width) + " |";
        return Encoding.UTF8.GetBytes(colours ? $"\e[{Palette[place % Palette.Length]}m{text}\e[0m " : text + " ");
    }

    private static void Write(Stream to, byte[] prefix, ReadOnlySpan<byte> line)
    {
        var whole = new byte[prefix.Length + line.Length];
        prefix.CopyTo(whole, 0);
        line.CopyTo(whole.AsSpan(prefix.Length));
        lock (Gate)
        {
            to.Write(whole);
        }
    }
}
