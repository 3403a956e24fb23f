using System.Diagnostics;

namespace Ferry.Lab;

/// <summary>Waits for something to become true, by asking.</summary>
public static class Waiting
{
    /// <param name="condition">Asked again and again.</param>
    /// <param name="limit">When to give up, with a <see cref="TimeoutException"/>.</param>
    /// <param name="otherwise">What to say then, and what to do before.</param>
    public static void Until(Func<bool> condition, TimeSpan limit, Func<string>? otherwise = null)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            if (clock.Elapsed > limit)
            {
                throw new TimeoutException($"{otherwise?.Invoke() ?? "it did not happen"} within {limit.TotalSeconds} s");
            }

            Thread.Sleep(20);
        }
    }
}
