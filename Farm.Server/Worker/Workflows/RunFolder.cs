using Farm.Server.BuiltInWorker.Commands;

namespace Farm.Server.BuiltInWorker.Workflows;

/// <summary>The directory in which a workflow runs: made empty, removed with all that is in it.</summary>
internal sealed class RunFolder : IDisposable
{
    private readonly ILogger? _logger;

    private RunFolder(string path, ILogger? logger)
    {
        FullPath = path;
        _logger = logger;
    }

    public string FullPath { get; }

    /// <summary>Makes one.</summary>
    /// <param name="runs">Where.</param>
    /// <param name="logger">Is told when it cannot be removed.</param>
    /// <exception cref="CommandFailedException">It cannot be made.</exception>
    public static RunFolder Create(string runs, ILogger? logger = null)
    {
        try
        {
            Directory.CreateDirectory(runs);
            var path = Path.Combine(runs, Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(path);
            return new RunFolder(path, logger);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"the run folder cannot be made: {e.Message}");
        }
    }

    /// <summary>Removes what workers that did not end properly left.</summary>
    public static void RemoveLeftovers(string runs, ILogger logger)
    {
        if (Directory.Exists(runs)) Remove(runs, logger);
    }

    /// <summary>The full path of a file of the run.</summary>
    /// <exception cref="CommandFailedException">The path leads out of the folder.</exception>
    public string Resolve(string path)
    {
        var isPlain = path.Length > 0 && !path.Contains('\0') && !Path.IsPathRooted(path)
            && path.Split('/', '\\').All(part => part is not ("" or "." or "..")) && !(OperatingSystem.IsWindows() && path.Contains(':'));
        return isPlain ? Path.Combine(FullPath, path) : throw new CommandFailedException($"'{path}' is no path inside the run folder");
    }

    /// <summary>Sees to it that the directory of a file of the run exists.</summary>
    /// <exception cref="CommandFailedException">The path leads out of the folder, or the directory cannot be made.</exception>
    public string MakeRoomFor(string path)
    {
        var full = Resolve(path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            return full;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"the directory of '{path}' cannot be made: {e.Message}");
        }
    }

    public void Dispose() => Remove(FullPath, _logger);

    private static void Remove(string directory, ILogger? logger)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger?.LogWarning("{Directory} cannot be removed: {Problem}", directory, e.Message);
        }
    }
}
