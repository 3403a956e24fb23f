namespace Ferry.Benchmarks;

public static class Median
{
    public static double Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted is [] ? throw new ArgumentException("the median of nothing", nameof(values)) : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
