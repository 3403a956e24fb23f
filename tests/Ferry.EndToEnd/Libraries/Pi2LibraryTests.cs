using Ferry.EndToEnd.Boards;

namespace Ferry.EndToEnd.Libraries;

[Collection("boards")]
public sealed class Pi2LibraryTests(Pi2 board) : LibraryTests(board), IClassFixture<Pi2>;
