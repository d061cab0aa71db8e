namespace Farm.Server.Worker.Commands;

/// <summary>Creates a directory and its parents, if they do not exist.</summary>
internal sealed class MakeDirectoryCommand : ITaskCommand
{
    public string Name => "make-directory";

    public Task RunAsync(CommandParameters parameters, CommandContext context, CancellationToken cancellationToken)
    {
        var path = parameters.Text("path");
        var existed = Directory.Exists(path);
        FolderAccess.CreateDirectory(path);
        return context.LogAsync(existed ? $"make-directory: {path} already exists" : $"make-directory: created {path}", cancellationToken);
    }
}
