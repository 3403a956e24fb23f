namespace Ferry.Devices;

/// <summary>A kept device cannot be read. The message says why, without the file's name.</summary>
public sealed class DeviceRecordException(string message, Exception? inner = null) : Exception(message, inner);
