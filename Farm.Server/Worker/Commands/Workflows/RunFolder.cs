using Farm.Server.Worker.State;

namespace Farm.Server.Worker.Commands.Workflows;

/// <summary>The working directory of a workflow run. Deleted on disposal.</summary>
/// <param name="folder">The directory.</param>
internal sealed class RunFolder(ScratchFolder folder) : IDisposable
{
    public string FullPath => folder.FullPath;

    /// <summary>The full path of a file of the run.</summary>
    /// <exception cref="TaskCommandException">The path is outside the folder.</exception>
    public string Resolve(string path)
    {
        var isPlain = path.Length > 0 && !path.Contains('\0') && !Path.IsPathRooted(path)
            && path.Split('/', '\\').All(part => part is not ("" or "." or "..")) && !(OperatingSystem.IsWindows() && path.Contains(':'));
        return isPlain ? Path.Combine(FullPath, path) : throw new TaskCommandException($"'{path}' is no path inside the run folder");
    }

    /// <summary>Creates the parent directory of a file of the run.</summary>
    /// <exception cref="TaskCommandException">The path is outside the folder, or the directory cannot be created.</exception>
    public string CreateParentDirectory(string path)
    {
        var full = Resolve(path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            return full;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TaskCommandException($"cannot create the directory of '{path}': {e.Message}");
        }
    }

    public void Dispose() => folder.Dispose();
}
