using Farm.Server.Worker.State;

namespace Farm.Server.Worker.Commands.Workflows;

/// <summary>The directory in which a workflow runs: made empty, removed with all that is in it.</summary>
/// <param name="folder">The directory itself.</param>
internal sealed class RunFolder(ScratchFolder folder) : IDisposable
{
    public string FullPath => folder.FullPath;

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

    public void Dispose() => folder.Dispose();
}
