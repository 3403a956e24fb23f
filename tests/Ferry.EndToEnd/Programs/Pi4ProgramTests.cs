namespace Ferry.EndToEnd.Programs;

[Collection("boards")]
public sealed class Pi4ProgramTests(Pi4Programs programs) : ProgramTests(programs), IClassFixture<Pi4Programs>;
