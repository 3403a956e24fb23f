namespace Ferry.Terminal;

/// <summary>Sizes as people read them, in powers of ten, as the sellers of cards and links count.</summary>
internal static class Sizes
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];

    public static string Text(long bytes)
    {
        double value = bytes;
        var unit = 0;
        while (value >= 999.5 && unit < Units.Length - 1)
        {
            value /= 1000;
            unit++;
        }

        return unit == 0 || value >= 99.5 ? $"{value:0} {Units[unit]}" : $"{value:0.0} {Units[unit]}";
    }
}
