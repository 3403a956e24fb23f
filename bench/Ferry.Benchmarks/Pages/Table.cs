using System.Text;

namespace Ferry.Benchmarks.Pages;

/// <summary>A table as Markdown has it; the first column is text, the others are figures.</summary>
internal sealed class Table(params string[] heads)
{
    private readonly StringBuilder text = new($"| {string.Join(" | ", heads)} |\n|---|{string.Concat(heads.Skip(1).Select(_ => "---:|"))}\n");

    public Table Row(params string[] cells)
    {
        text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        return this;
    }

    public override string ToString() => text.ToString();
}
