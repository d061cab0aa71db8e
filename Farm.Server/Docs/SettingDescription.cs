namespace Farm.Server.Docs;

/// <summary>One setting, as the documentation shows it.</summary>
/// <param name="Key">The key, with dots between the sections, such as <c>shaman.enabled</c>.</param>
/// <param name="Default">The value when the file does not set it; empty for none.</param>
/// <param name="Values">The values that it takes, as Markdown.</param>
/// <param name="Meaning">What it does, as Markdown.</param>
/// <param name="AppliesAtOnce">Whether a running farm applies a change; otherwise the next start does.</param>
internal sealed record SettingDescription(string Key, string Default, string Values, string Meaning, bool AppliesAtOnce);

/// <summary>A key that is accepted and has no effect.</summary>
/// <param name="Key">The key.</param>
/// <param name="Instead">What the farm does instead, as Markdown.</param>
internal sealed record IgnoredKey(string Key, string Instead);
