namespace Farm.Server.Docs;

/// <summary>Describes every setting of the farm, for the page <c>/docs/settings</c>.</summary>
internal interface ISettingsReference
{
    /// <summary>All settings, in the order in which they are shown.</summary>
    IReadOnlyList<SettingDescription> All { get; }

    /// <summary>Keys that are accepted for the sake of files written for another manager, and have no effect.</summary>
    IReadOnlyList<IgnoredKey> Ignored { get; }
}
