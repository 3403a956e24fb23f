namespace Ferry.Devices;

/// <summary>What <c>ferry targets --json</c> prints; the names of the properties are API.</summary>
/// <param name="Targets">Every target that Ferry knows.</param>
/// <param name="Boards">Boards that people own.</param>
public sealed record TargetTable(IReadOnlyList<Target> Targets, IReadOnlyList<KnownBoard> Boards);
