namespace Ferry.Tests.Packages;

internal static class Tools
{
    public static bool Has(string name) => Ferry.Processes.Tool.Find(name) is not null;
}
