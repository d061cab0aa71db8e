namespace Farm.Server.Worker.State;

/// <summary>The directory in which a worker keeps what must outlive it. Held by one worker at a time.</summary>
internal sealed class StateDirectory : IDisposable
{
    private readonly FileStream _lock;

    private StateDirectory(string path, FileStream held)
    {
        FullPath = path;
        _lock = held;
    }

    public string FullPath { get; }

    public string Credentials => Path.Combine(FullPath, "credentials.json");

    public string PreviousCredentials => Path.Combine(FullPath, "credentials.previous.json");

    public string Updates => Path.Combine(FullPath, "updates.jsonl");

    /// <summary>Where commands make directories of their own.</summary>
    public string Scratch => Path.Combine(FullPath, "scratch");

    public string Running => Path.Combine(FullPath, "running");

    /// <summary>Makes the directory if need be and takes hold of it.</summary>
    /// <exception cref="WorkerStartException">Another worker holds it, or it cannot be written.</exception>
    public static StateDirectory Open(string path)
    {
        var full = Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(full);
            var held = new FileStream(Path.Combine(full, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new StateDirectory(full, held);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new WorkerStartException($"The state directory {full} cannot be written: {e.Message}. Name another one with --state.");
        }
        catch (IOException e) when (Directory.Exists(full))
        {
            throw new WorkerStartException(
                $"The state directory {full} is in use by another worker, or cannot be written ({e.Message}). Give each worker its own with --state.");
        }
        catch (IOException e)
        {
            throw new WorkerStartException($"The state directory {full} cannot be made: {e.Message}");
        }
    }

    public void Dispose() => _lock.Dispose();
}
