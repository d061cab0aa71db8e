using System.CommandLine;
using Farm.Server.Hosting;
using Farm.Server.Store.Engine;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Hosting.WindowsServices;

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
        var exitCode = new Option<int>("--restart-exit-code")
        {
            Description = "The exit code (1 to 255) that makes the service manager restart the server, used to restore a backup. 0: a server that is no service restarts itself.",
            HelpName = "CODE",
            DefaultValueFactory = _ => 0,
        };
        exitCode.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 255) result.AddError("--restart-exit-code must be from 0 to 255");
        });
        command.Add(data);
        command.Add(config);
        command.Add(urls);
        command.Add(exitCode);
        command.SetActionWithErrorHandling(async (parsed, cancellation) =>
        {
            var directory = new DataDirectory(parsed.GetValue(data)!);
            var code = parsed.GetValue(exitCode);
            while (true)
            {
                var restart = new ServerRestart(isAvailable: code != 0 || !IsService);
                await using (var server = await RunningServer.StartAsync(directory, parsed.GetValue(config), parsed.GetValue(urls), cancellation, restart))
                    await server.WaitForShutdownAsync(cancellation);
                if (!restart.IsRequested || cancellation.IsCancellationRequested) return 0;
                if (code != 0) return code;
            }
        });
    }

    /// <summary>Service managers must see the process end, and nothing says whether they would start it again.</summary>
    private static bool IsService => SystemdHelpers.IsSystemdService() || WindowsServiceHelpers.IsWindowsService();
}
