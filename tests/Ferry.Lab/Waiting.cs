namespace Ferry.Lab;

/// <summary>Waits for something to become true, by asking.</summary>
public static class Waiting
{
    public static void Until(Func<bool> condition, TimeSpan limit)
    {
        var end = DateTime.UtcNow + limit;
        while (!condition())
        {
            if (DateTime.UtcNow > end)
            {
                throw new TimeoutException($"not within {limit.TotalSeconds} s");
            }

            Thread.Sleep(100);
        }
    }
}
