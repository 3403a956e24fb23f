using Ferry.EndToEnd.Boards;

namespace Ferry.EndToEnd.Libraries;

[Collection("boards")]
public sealed class Pi4LibraryTests(Pi4 board) : LibraryTests(board), IClassFixture<Pi4>;
