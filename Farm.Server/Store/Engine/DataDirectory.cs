namespace Farm.Server.Store.Engine;

/// <summary>
/// The directory that holds all data of a farm: <c>--data</c>, by default <c>farm-data</c> in the current directory (Docs/design.md section
/// 3).
/// </summary>
internal sealed class DataDirectory
{
    /// <summary>Resolves the path; does not access the file system.</summary>
    public DataDirectory(string path) => Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    /// <summary>Absolute path of the directory.</summary>
    public string Root { get; }

    /// <summary>The database.</summary>
    public string Database => Path.Combine(Root, "farm.db");

    /// <summary>Locked by the server that uses the directory.</summary>
    public string Lock => Path.Combine(Root, "farm.lock");

    /// <summary>Created with the database. If it exists without a database, the database was lost.</summary>
    public string Marker => Path.Combine(Root, "farm.id");

    /// <summary>The secret that gives the command line on this machine administrator rights.</summary>
    public string AdministratorToken => Path.Combine(Root, "administrator.token");

    /// <summary>The key from which lasting session tokens are derived.</summary>
    public string SessionKey => Path.Combine(Root, "session.key");

    /// <summary>Log files.</summary>
    public string Logs => Path.Combine(Root, "logs");

    /// <summary>Task output and images.</summary>
    public string Artifacts => Path.Combine(Root, "artifacts");

    /// <summary>The default shared storage.</summary>
    public string SharedStorage => Path.Combine(Root, "shared");

    /// <summary>Job type templates.</summary>
    public string Templates => Path.Combine(Root, "templates");

    /// <summary>Database backups.</summary>
    public string Backups => Path.Combine(Root, "backups");
}
