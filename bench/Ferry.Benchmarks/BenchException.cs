namespace Ferry.Benchmarks;

/// <summary>What keeps a measurement from being made. Its message is all that is told.</summary>
public sealed class BenchException(string message) : Exception(message);
