namespace Ferry.EndToEnd.Programs;

public sealed class Pi2Programs() : RealPrograms("pi2", "armv7-unknown-linux-gnueabihf");
