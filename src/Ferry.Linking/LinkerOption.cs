namespace Ferry.Linking;

/// <summary>A row of <see cref="LinkerOptions"/>.</summary>
/// <param name="Name">With its dashes. ld takes long options with one or two: the row has two.</param>
/// <param name="Form">How it carries its value.</param>
/// <param name="Effect">What it does to the job.</param>
/// <param name="Note">What it is, where that is not plain or its effect wants a reason.</param>
internal sealed record LinkerOption(string Name, OptionForm Form, Action<LinkJobDraft, OptionUse> Effect, string Note = "");
