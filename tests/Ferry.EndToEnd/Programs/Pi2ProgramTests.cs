namespace Ferry.EndToEnd.Programs;

[Collection("boards")]
public sealed class Pi2ProgramTests(Pi2Programs programs) : ProgramTests(programs), IClassFixture<Pi2Programs>;
