namespace Ferry.Remote.Housekeeping;

/// <summary>Something that Ferry keeps, here or on a device, and can have again.</summary>
/// <param name="Kind">What it is, in the plural: "programs".</param>
/// <param name="Name">Its name among its kind.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Idle">For how long nobody has used it, as far as that is known.</param>
/// <param name="Fate">What has become of it, or would.</param>
internal sealed record KeptThing(string Kind, string Name, long Size, TimeSpan? Idle, Fate Fate);
