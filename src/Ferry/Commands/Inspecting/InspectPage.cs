using System.Globalization;
using System.Text;
using Ferry.Devices;
using Ferry.Terminal;

namespace Ferry.Commands.Inspecting;

/// <summary>A <see cref="FileReport"/> for people: a sentence, what it needs, what fills it.</summary>
internal sealed class InspectPage(FileReport report, PageStyle style)
{
    private const int LabelColumns = 10;
    private const int Shown = 10;
    private readonly StringBuilder page = new();

    public string Text()
    {
        foreach (var line in TextLines.Wrap(report.Summary, style.Columns))
        {
            Line(style.Strong(Printable.Clean(line)));
        }

        Findings();
        if (report.Elf is { } elf)
        {
            Rows(ElfRows.Of(elf));
            Attributes(elf);
            Chart("sections", [.. elf.Sections.Where(section => section.InFile && section.Size > 0).OrderByDescending(section => section.Size).Select(section => (section.Name, section.Size))], (ulong)report.Size);
            Chart("code by crate", [.. elf.Crates.Select(crate => (crate.Name ?? "(not Rust)", crate.Size)), .. Rest(elf)], Code(elf));
            Chart("code by function", [.. elf.Functions.Select(function => (function.Forms > 1 ? string.Create(CultureInfo.InvariantCulture, $"{function.Name} ×{function.Forms}") : function.Name, function.Size))], Code(elf));
        }

        if (report.Archive is { } archive)
        {
            Members(archive);
        }

        return page.ToString();
    }

    private void Findings()
    {
        if (report.Findings is not { } findings)
        {
            return;
        }

        Line("");
        if (findings.Count == 0)
        {
            Line(report.Kind == "core" ? "a core file is not held against a device" : $"nothing stands against it on device '{report.Device}'");
        }

        foreach (var finding in findings)
        {
            Labelled(Weight(finding.Severity), finding.Message);
            Labelled("cause", finding.Cause);
            Labelled("help", finding.Help);
        }
    }

    private static string Weight(Severity severity) => severity switch
    {
        Severity.Error => "will not start",
        Severity.Warning => "may crash",
        _ => "note",
    };

    private void Labelled(string label, string? text)
    {
        if (text is null)
        {
            return;
        }

        var painted = label switch { "will not start" => style.Bad(label), "may crash" => style.Doubtful(label), _ => label };
        var lines = text.Split('\n').SelectMany(line => TextLines.Wrap(Printable.Clean(line), style.Columns - Math.Max(label.Length, 5) - 2)).ToList();
        Line($"{painted}: {(label == "help" ? " " : "")}{string.Join("\n       ", lines)}");
    }

    private void Rows(IEnumerable<(string Label, string? Text)> rows)
    {
        Line("");
        var before = "";
        foreach (var (label, text) in rows.Where(row => row.Text is not null))
        {
            var lines = TextLines.Wrap(Printable.Clean(text!).Replace('\n', ' '), style.Columns - LabelColumns - 2);
            Line($"{(label == before ? "" : label),LabelColumns}  {string.Join("\n" + new string(' ', LabelColumns + 2), lines)}");
            before = label;
        }
    }

    private void Attributes(ElfReport elf)
    {
        if (elf.Attributes.Count > 0)
        {
            Heading("ARM build attributes");
            foreach (var attribute in elf.Attributes)
            {
                Line(Printable.Clean($"  {attribute.Name,-26} {attribute.Value}"));
            }
        }
    }

    private void Chart(string title, IReadOnlyList<(string Name, ulong Size)> rows, ulong whole)
    {
        if (rows.Count == 0)
        {
            return;
        }

        Heading(title);
        var shown = style.Whole ? rows : [.. rows.Take(Shown)];
        foreach (var line in BarChart.Lines([.. shown.Select(row => (Printable.Clean(row.Name), row.Size))], whole, style))
        {
            Line(line);
        }

        More(rows.Count - shown.Count);
    }

    private void Members(ArchiveReport archive)
    {
        var several = archive.Members.Select(member => member.Is).Distinct().Count() > 1;
        Chart("members", [.. archive.Members.OrderByDescending(member => member.Size).Select(member => (several ? $"{member.Name} ({member.Is ?? "no object"})" : member.Name, (ulong)member.Size))], (ulong)report.Size);
    }

    private void More(int count)
    {
        if (count > 0)
        {
            Line(string.Create(CultureInfo.InvariantCulture, $"  … and {count} more: --all shows them"));
        }
    }

    private static (string, ulong)[] Rest(ElfReport elf) => elf.CodeWithoutSymbols > 0 && elf.Crates.Count > 0 ? [("(no symbol names it)", elf.CodeWithoutSymbols)] : [];

    private static ulong Code(ElfReport elf) => elf.Crates.Aggregate(elf.CodeWithoutSymbols, (sum, crate) => sum + crate.Size);

    private void Heading(string title) => Line("\n" + style.Strong(title));

    private void Line(string text) => page.Append(text).Append('\n');
}
