using System.CommandLine;
using Farm.Server.Store.Engine;

namespace Farm.Server.CommandLine;

/// <summary><c>farm</c> and <c>farm serve</c>: runs the server.</summary>
internal static class ServeCommand
{
    /// <summary>Adds the command, and makes it the default.</summary>
    public static void AddTo(RootCommand root)
    {
        var serve = new Command("serve", "Run the server until Ctrl+C.");
        AddAction(serve);
        AddAction(root);
        root.Add(serve);
    }

    private static void AddAction(Command command)
    {
        var data = CommonOptions.Data();
        var config = CommonOptions.Config();
        var urls = CommonOptions.Urls();
        command.Add(data);
        command.Add(config);
        command.Add(urls);
        command.SetActionWithErrorHandling(async (parsed, cancellation) =>
        {
            var directory = new DataDirectory(parsed.GetValue(data)!);
            await using var server = await RunningServer.StartAsync(directory, parsed.GetValue(config), parsed.GetValue(urls), cancellation);
            await server.WaitForShutdownAsync(cancellation);
            return 0;
        });
    }
}
