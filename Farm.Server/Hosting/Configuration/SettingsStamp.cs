namespace Farm.Server.Hosting.Configuration;

/// <summary>Differs whenever the settings files do.</summary>
/// <param name="Own">Time and length of the manager's own file; null while there is none.</param>
/// <param name="Farm">
/// The text of the file of the farm; null while there is none, or all settings are in the own file. Two managers may write it within the
/// resolution of file times, and a network file system may show old times until the file is opened.
/// </param>
internal readonly record struct SettingsStamp((DateTime Written, long Length)? Own, string? Farm);
