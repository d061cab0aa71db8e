namespace Farm.Server.Store.Engine;

/// <summary>Where everything of a farm lives: <c>--data</c>, by default <c>farm-data</c> in the current directory (Docs/design.md section 3).</summary>
internal sealed class DataDirectory
{
    /// <summary>Names the directory; touches nothing.</summary>
    public DataDirectory(string path) => Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    /// <summary>The directory itself, absolute.</summary>
    public string Root { get; }

    /// <summary>The database.</summary>
    public string Database => Path.Combine(Root, "farm.db");

    /// <summary>Held open by the one server that uses the directory.</summary>
    public string Lock => Path.Combine(Root, "farm.lock");

    /// <summary>Written when the database is made; its presence without a database means that the database was lost.</summary>
    public string Marker => Path.Combine(Root, "farm.id");

    /// <summary>The secret with which the command line on this machine acts as an administrator.</summary>
    public string AdministratorToken => Path.Combine(Root, "administrator.token");

    /// <summary>The key from which tokens of sessions follow that are given out more than once.</summary>
    public string SessionKey => Path.Combine(Root, "session.key");

    /// <summary>Log files.</summary>
    public string Logs => Path.Combine(Root, "logs");

    /// <summary>Files that tasks produced, and images.</summary>
    public string Artifacts => Path.Combine(Root, "artifacts");

    /// <summary>The shared storage of a farm that has no other.</summary>
    public string SharedStorage => Path.Combine(Root, "shared");

    /// <summary>Templates that describe job types.</summary>
    public string Templates => Path.Combine(Root, "templates");

    /// <summary>Copies of the database.</summary>
    public string Backups => Path.Combine(Root, "backups");
}
