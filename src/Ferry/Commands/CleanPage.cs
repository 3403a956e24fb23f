using System.Text.Json;
using Ferry.Remote.Housekeeping;
using Ferry.Terminal;

namespace Ferry.Commands;

/// <summary>What <c>ferry clean</c> tells: a line for each kind of thing, then how much went.</summary>
internal sealed class CleanPage(string? device, DeviceShelf? there, IReadOnlyList<KeptThing> here, bool dryRun)
{
    private const string ThisPc = "this PC";

    private static readonly string[] OnDevice = ["programs", "working trees"];

    public void Print()
    {
        var rows = Rows(device ?? "", there?.Things ?? []).Concat(Rows(ThisPc, here)).ToList();
        if (rows.Count > 0)
        {
            Tables.Print(["WHERE", "WHAT", "KEPT", dryRun ? "WOULD GO" : "REMOVED"], rows);
        }

        foreach (var thing in (there?.Things ?? []).Where(thing => thing.Fate == Fate.InUse && OnDevice.Contains(thing.Kind)))
        {
            Status.Note($"'{thing.Name}' is in use on '{device}', and stays");
        }

        if (there is not null)
        {
            var room = there.Total > 0 ? $"; {Sizes.Text(there.Available)} of {Sizes.Text(there.Total)} are free there" : "";
            Status.Say(dryRun ? "Would free" : "Freed", $"{Sizes.Text(Size(there.Things, Goes))} on '{device}', {Sizes.Text(Size(there.Things, Stays))} are kept{room}");
        }

        Status.Say(dryRun ? "Would free" : "Freed", $"{Sizes.Text(Size(here, Goes))} on this PC, {Sizes.Text(Size(here, Stays))} are kept");
    }

    public void PrintJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteBoolean("dryRun", dryRun);
            if (there is not null)
            {
                json.WriteStartObject("device");
                json.WriteString("name", device);
                json.WriteNumber("total", there.Total);
                json.WriteNumber("available", there.Available);
                Write(json, there.Things);
                json.WriteEndObject();
            }

            json.WriteStartObject("pc");
            Write(json, here);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        Page.Results.WriteLine(System.Text.Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static IEnumerable<string[]> Rows(string where, IReadOnlyList<KeptThing> things) =>
        things.GroupBy(thing => thing.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => new[] { where, kind.Key, Amount([.. kind], Stays), Amount([.. kind], Goes) });

    private static string Amount(IReadOnlyList<KeptThing> things, Func<KeptThing, bool> which) =>
        things.Count(which) is > 0 and var count ? $"{count}, {Sizes.Text(Size(things, which))}" : "-";

    private static long Size(IReadOnlyList<KeptThing> things, Func<KeptThing, bool> which) => things.Where(which).Sum(thing => thing.Size);

    private static bool Goes(KeptThing thing) => thing.Fate == Fate.Goes;

    private static bool Stays(KeptThing thing) => !Goes(thing);

    private static void Write(Utf8JsonWriter json, IReadOnlyList<KeptThing> things)
    {
        json.WriteNumber("kept", Size(things, Stays));
        json.WriteNumber("removed", Size(things, Goes));
        json.WriteStartArray("things");
        foreach (var thing in things)
        {
            json.WriteStartObject();
            json.WriteString("kind", thing.Kind);
            json.WriteString("name", thing.Name);
            json.WriteNumber("size", thing.Size);
            if (thing.Idle is { } idle)
            {
                json.WriteNumber("unusedForSeconds", (long)idle.TotalSeconds);
            }

            json.WriteBoolean("removed", Goes(thing));
            json.WriteBoolean("inUse", thing.Fate == Fate.InUse);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
