namespace Ferry.Remote;

/// <summary>
/// Runs a POSIX sh script on a device and gives what it prints on stdout, as it comes. Disposing the stream ends the script.
/// What a login shell prints before is part of it; every script's own output begins with a marker.
/// </summary>
internal delegate Stream RunRemoteScript(string script);
