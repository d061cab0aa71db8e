namespace Farm.Server.Operations.Backups;

/// <summary>What a backup may hold besides the database.</summary>
internal enum BackupPart
{
    /// <summary>The settings file, templates, and the secrets of the farm.</summary>
    Settings,

    /// <summary>Files from tasks, and images.</summary>
    Artifacts,
}
