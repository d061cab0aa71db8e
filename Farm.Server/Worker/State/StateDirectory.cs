namespace Farm.Server.Worker.State;

/// <summary>The state directory of a worker. Locked, so that only one worker uses it.</summary>
internal sealed class StateDirectory : IDisposable
{
    private static readonly string[] Names = ["credentials*", "updates.jsonl", "lock", "running", "scratch"];

    private readonly FileStream _lock;

    private StateDirectory(string path, FileStream held)
    {
        FullPath = path;
        _lock = held;
    }

    public string FullPath { get; }

    public string Credentials => Path.Combine(FullPath, "credentials.json");

    public string PreviousCredentials => Path.Combine(FullPath, "credentials.previous.json");

    /// <summary>The credentials for another farm, with which this worker was registered before or is now and then.</summary>
    public string CredentialsOf(string farm) => Path.Combine(FullPath, $"credentials.{farm}.json");

    public string Updates => Path.Combine(FullPath, "updates.jsonl");

    /// <summary>The parent of temporary directories.</summary>
    public string Scratch => Path.Combine(FullPath, "scratch");

    public string Running => Path.Combine(FullPath, "running");

    /// <summary>Takes the access of other accounts away from a directory that an older version made; logs that.</summary>
    public void Tighten(ILogger logger)
    {
        try
        {
            if (PrivateDirectory.Tighten(FullPath, Names)) logger.LogInformation("{Directory} was open to other accounts; only this account can read it now", FullPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning("Other accounts may read {Directory}, and this cannot be changed: {Problem}", FullPath, e.Message);
        }
    }

    /// <summary>Creates and locks the directory.</summary>
    /// <exception cref="WorkerStartException">Another worker uses it, or it cannot be written.</exception>
    public static StateDirectory Open(string path)
    {
        var full = Path.GetFullPath(path);
        try
        {
            PrivateDirectory.Create(full);
            var held = PrivateFile.Open(Path.Combine(full, "lock"), FileShare.None);
            return new StateDirectory(full, held);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new WorkerStartException($"Cannot write the state directory {full}: {e.Message}. Choose another one with --state.");
        }
        catch (IOException e) when (Directory.Exists(full))
        {
            throw new WorkerStartException(
                $"The state directory {full} is in use by another worker, or cannot be written ({e.Message}). Give each worker its own with --state.");
        }
        catch (IOException e)
        {
            throw new WorkerStartException($"Cannot create the state directory {full}: {e.Message}");
        }
    }

    public void Dispose() => _lock.Dispose();
}
