namespace Farm.Server.Worker.Commands;

/// <summary>Moves a directory. An existing destination is first renamed to a name with its modification time.</summary>
internal sealed class MoveDirectoryCommand : ITaskCommand
{
    public string Name => "move-directory";

    public async Task RunAsync(CommandParameters parameters, CommandContext context, CancellationToken cancellationToken)
    {
        var source = Path.TrimEndingDirectorySeparator(Path.GetFullPath(parameters.Text("src")));
        var destination = Path.TrimEndingDirectorySeparator(Path.GetFullPath(parameters.Text("dest")));
        if (!Directory.Exists(source)) throw new TaskCommandException($"directory not found: {source}");
        if (source == destination) throw new TaskCommandException($"{source} cannot be moved onto itself");

        if (Directory.Exists(destination) || File.Exists(destination))
        {
            var aside = Unused($"{destination}-{Directory.GetLastWriteTime(destination):yyyy-MM-dd_HHmmss}");
            await context.LogAsync($"move-directory: {destination} exists, renaming it to {aside}", cancellationToken);
            Directory.Move(destination, aside);
        }
        if (Path.GetDirectoryName(destination) is { } parent) FolderAccess.CreateDirectory(parent);
        Directory.Move(source, destination);
        await context.LogAsync($"move-directory: moved {source} to {destination}", cancellationToken);
    }

    private static string Unused(string path)
    {
        if (!Directory.Exists(path) && !File.Exists(path)) return path;
        return Enumerable.Range(2, int.MaxValue - 2).Select(number => $"{path}-{number}").First(other => !Directory.Exists(other) && !File.Exists(other));
    }
}
