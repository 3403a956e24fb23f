namespace Ferry.Benchmarks;

/// <summary>One command, measured.</summary>
/// <param name="FirstByte">From its start to the first byte on its stdout, or to the words that were waited for; to its end if there is none.</param>
/// <param name="Whole">To its end.</param>
/// <param name="Memory">Peak of the largest process of it here, in kB; 0 when nobody asked.</param>
/// <param name="Output">Its stdout.</param>
/// <param name="Errors">Its stderr.</param>
public sealed record Timed(TimeSpan FirstByte, TimeSpan Whole, double Memory, string Output, string Errors);
