namespace Ferry.EndToEnd.Programs;

public sealed class Pi4Programs() : RealPrograms("pi4", "aarch64-unknown-linux-gnu");
