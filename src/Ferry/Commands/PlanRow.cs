namespace Ferry.Commands;

/// <summary>One thing that a <see cref="CargoPlan"/> has settled, and why it is so.</summary>
internal sealed record PlanRow(string What, string Value, string Why);
