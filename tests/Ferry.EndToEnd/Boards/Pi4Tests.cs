namespace Ferry.EndToEnd.Boards;

[Collection("boards")]
public sealed class Pi4Tests(Pi4 board) : RunTests(board), IClassFixture<Pi4>;
