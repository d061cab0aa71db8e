namespace Farm.Server.Worker.Commands;

/// <summary>Uploads files as results of the task, under their file names.</summary>
internal sealed class UploadFilesCommand : ITaskCommand
{
    public string Name => "upload-files";

    public async Task RunAsync(CommandParameters parameters, CommandContext context, CancellationToken cancellationToken)
    {
        var files = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pattern in parameters.List("files"))
        {
            var found = PathPattern.Find(pattern);
            if (found.Count == 0) throw new TaskCommandException($"no file matches {pattern}");
            foreach (var file in found)
            {
                if (!files.TryAdd(Path.GetFileName(file), file) && files[Path.GetFileName(file)] != file)
                    throw new TaskCommandException($"{files[Path.GetFileName(file)]} and {file} have the same name");
            }
        }

        foreach (var (name, file) in files) await context.Files.UploadAsync(file, name, cancellationToken);
    }
}
