using System.Text;
using System.Text.RegularExpressions;

namespace Ferry.Commands.Many;

/// <summary>
/// A child's stderr without what cargo says until it has nothing left to build: that was said when it was built, once and in full. What comes before is
/// kept, and shown when cargo never gets there.
/// </summary>
internal sealed partial class CargosWords(Action<ReadOnlyMemory<byte>> show, bool quiet)
{
    private readonly List<byte[]> held = [];
    private bool passing = quiet; // then cargo says nothing

    public void Take(ReadOnlyMemory<byte> line)
    {
        if (passing)
        {
            show(line);
        }
        else if (Finished().IsMatch(Encoding.UTF8.GetString(line.Span)))
        {
            passing = true;
            held.Clear();
        }
        else
        {
            held.Add(line.ToArray());
        }
    }

    public void End() => held.ForEach(line => show(line));

    [GeneratedRegex(@"^(\e\[[0-9;]*m)* *(\e\[[0-9;]*m)*Finished(\e\[[0-9;]*m)* ", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Finished();
}
