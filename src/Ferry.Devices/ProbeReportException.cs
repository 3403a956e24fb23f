namespace Ferry.Devices;

/// <summary>What came back from the device is not the whole report of device/probe.sh. The message says what is missing.</summary>
public sealed class ProbeReportException(string message) : Exception(message);
