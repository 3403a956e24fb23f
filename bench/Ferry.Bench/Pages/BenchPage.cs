namespace Ferry.Bench.Pages;
public static class BenchPage { public static string Of(Results results) => ""; }
