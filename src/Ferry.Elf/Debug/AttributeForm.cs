namespace Ferry.Elf.Debug;

/// <summary>An attribute of an <see cref="Abbreviation"/>; the constant is the value of DW_FORM_implicit_const.</summary>
internal readonly record struct AttributeForm(ulong Name, ulong Form, long Constant);
