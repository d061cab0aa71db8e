namespace Farm.Server.Worker.Commands;

/// <summary>Makes a directory and those above it; one that is there already is fine.</summary>
internal sealed class MakeDirectoryCommand : ITaskCommand
{
    public string Name => "make-directory";

    public Task RunAsync(CommandParameters parameters, CommandContext context, CancellationToken cancellationToken)
    {
        var path = parameters.Text("path");
        var existed = Directory.Exists(path);
        Directory.CreateDirectory(path);
        return context.LogAsync(existed ? $"make-directory: {path} is there already" : $"make-directory: made {path}", cancellationToken);
    }
}
