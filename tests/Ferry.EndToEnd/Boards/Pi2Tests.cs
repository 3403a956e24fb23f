namespace Ferry.EndToEnd.Boards;

[Collection("boards")]
public sealed class Pi2Tests(Pi2 board) : RunTests(board), IClassFixture<Pi2>;
