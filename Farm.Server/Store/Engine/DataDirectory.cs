namespace Farm.Server.Store.Engine;

/// <summary>
/// The directory that holds all data of a farm: <c>--data</c>, by default <c>farm-data</c> in the current directory (Docs/design.md section
/// 3). With several managers, each has one for what belongs to its machine, and the setting <c>shared_files</c> names the directory of the
/// files that belong to the farm.
/// </summary>
internal sealed class DataDirectory
{
    /// <summary>The file that says to which farm a directory of files belongs.</summary>
    public const string FilesIdName = "farm-files.id";

    private const string SharedName = "shared";
    private const string CertificateName = "certificate.pem";

    /// <summary>What Farm makes in the directory, besides the shared storage.</summary>
    private static readonly string[] PrivateNames = ["farm.*", FilesIdName, "*.token", "*.key", "*.code", "*.pending", CertificateName, "backups", "logs", "artifacts", "templates", "move.part"];

    /// <summary>Resolves the paths; does not access the file system.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="sharedFiles">The directory of the files that all managers use; null if they are in the data directory.</param>
    public DataDirectory(string path, string? sharedFiles = null)
    {
        Root = Absolute(path);
        SharedFiles = sharedFiles is null ? null : Absolute(sharedFiles);
    }

    /// <summary>Absolute path of the directory.</summary>
    public string Root { get; }

    /// <summary>Absolute path of the directory of the files that all managers use; null if they are in the data directory.</summary>
    public string? SharedFiles { get; }

    /// <summary>The directory of the files that belong to the farm rather than to the machine.</summary>
    public string Files => SharedFiles ?? Root;

    /// <summary>The file <see cref="FilesIdName"/> of <see cref="Files"/>.</summary>
    public string FilesId => Path.Combine(Files, FilesIdName);

    /// <summary>The database.</summary>
    public string Database => Path.Combine(Root, "farm.db");

    /// <summary>Locked by the server that uses the directory.</summary>
    public string Lock => Path.Combine(Root, "farm.lock");

    /// <summary>Created with the database. If it exists without a database, the database was lost.</summary>
    public string Marker => Path.Combine(Root, "farm.id");

    /// <summary>The secret that gives the command line on this machine administrator rights.</summary>
    public string AdministratorToken => Path.Combine(Root, "administrator.token");

    /// <summary>The code with which the first administrator is made; only while the farm has none.</summary>
    public string SetupCode => Path.Combine(Root, "setup.code");

    /// <summary>The key from which lasting session tokens are derived.</summary>
    public string SessionKey => Path.Combine(Root, "session.key");

    /// <summary>Names the backup that is restored before the next start; usually absent.</summary>
    public string PendingRestore => Path.Combine(Root, "restore.pending");

    /// <summary>The certificate that Farm made for https, with its private key.</summary>
    public string Certificate => Path.Combine(Root, CertificateName);

    /// <summary>The name of <see cref="SecretsKey"/>.</summary>
    public const string SecretsKeyName = "secrets.key";

    /// <summary>The key with which secrets in the database are encrypted. Managers of one farm share it.</summary>
    public string SecretsKey => Path.Combine(Files, SecretsKeyName);

    /// <summary>Log files.</summary>
    public string Logs => Path.Combine(Root, "logs");

    /// <summary>Task output and images.</summary>
    public string Artifacts => Path.Combine(Files, "artifacts");

    /// <summary>The default shared storage.</summary>
    public string SharedStorage => Path.Combine(Files, SharedName);

    /// <summary>Job type templates.</summary>
    public string Templates => Path.Combine(Files, "templates");

    /// <summary>Backups.</summary>
    public string Backups => Path.Combine(Root, "backups");

    /// <summary>Takes the access of other accounts away from what an older version, or a backup that was put back, left open; logs that.</summary>
    /// <remarks>
    /// A default shared storage that its owner opened for workers of other accounts stays open: they may pass through the directory, but see nothing else.
    /// </remarks>
    public void Tighten(ILogger log)
    {
        try
        {
            var shared = Path.Combine(Root, SharedName);
            if (PrivateDirectory.Tighten(Root, PrivateNames, shared))
                log.LogInformation("{Directory} was open to other accounts; now only this account can read it, except the folder {Shared}", Root, SharedName);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("Other accounts may read {Directory}, and this cannot be changed: {Problem}", Root, failure.Message);
        }
    }

    private static string Absolute(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
}
