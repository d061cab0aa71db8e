namespace Farm.Server.Worker.Commands;

/// <summary>Copies a file to a path that does not exist yet. The copy gets its name when it is complete.</summary>
internal sealed class CopyFileCommand : ITaskCommand
{
    public string Name => "copy-file";

    public async Task RunAsync(CommandParameters parameters, CommandContext context, CancellationToken cancellationToken)
    {
        var source = parameters.AbsolutePath("src");
        var destination = parameters.AbsolutePath("dest");
        if (!File.Exists(source)) throw new TaskCommandException($"file not found: {source}");
        if (Path.Exists(destination)) throw new TaskCommandException($"{destination} already exists");
        if (Path.GetDirectoryName(destination) is { } parent) FolderAccess.CreateDirectory(parent);

        var unfinished = $"{destination}.{Path.GetRandomFileName()}.part";
        try
        {
            await using (var from = File.OpenRead(source))
            await using (var to = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write))
            {
                FolderAccess.Follow(unfinished);
                await from.CopyToAsync(to, 1024 * 1024, cancellationToken);
            }
            File.Move(unfinished, destination, overwrite: false);
        }
        finally
        {
            File.Delete(unfinished);
        }
        await context.LogAsync($"copy-file: copied {source} to {destination}", cancellationToken);
    }
}
