using System.CommandLine;
using Farm.Server.Worker.Processes;

namespace Farm.Server.CommandLine.Service;

/// <summary><c>farm service</c>: runs the server as a service of the system.</summary>
internal static class ServiceCommand
{
    private const string Units = "/etc/systemd/system";

    /// <summary>The command.</summary>
    public static Command Create() => new("service", "Run the server as a service: systemd on Linux, the service manager on Windows.")
    {
        Install(), Remove(), Status(),
    };

    private static Command Install()
    {
        var user = new Option<string>("--user")
        {
            Description = "The account that the server runs as.",
            HelpName = "NAME",
            DefaultValueFactory = _ => OperatingSystem.IsWindows() ? @"NT AUTHORITY\LocalService" : "farm",
        };
        var data = CommonOptions.Data();
        data.DefaultValueFactory = _ => OperatingSystem.IsWindows()
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "Farm")
            : "/var/lib/farm";
        var config = CommonOptions.Config();
        var urls = CommonOptions.Urls();
        var dryRun = new Option<bool>("--dry-run") { Description = "Only print what would be written." };
        var command = new Command("install", "Start the server now, and whenever this machine starts.") { user, data, config, urls, dryRun };
        command.SetActionWithErrorHandling(async (parsed, cancellation) =>
        {
            var service = OfThisSystem();
            var settings = new ServiceSettings(FarmExecutable.Resolve(), Path.GetFullPath(parsed.GetValue(data)!), parsed.GetValue(user)!)
            {
                Config = parsed.GetValue(config) is { } file ? Path.GetFullPath(file) : null,
                Urls = parsed.GetValue(urls),
            };
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(dryRun))
            {
                await output.WriteAsync(service.Describe(settings));
                return 0;
            }

            await service.InstallAsync(settings, cancellation);
            await output.WriteLineAsync($"The farm runs as a service; its data is in {settings.Data}.");
            return 0;
        });
        return command;
    }

    private static Command Remove()
    {
        var command = new Command("remove", "Stop the server and uninstall the service. The data stays.");
        command.SetActionWithErrorHandling(async (parsed, cancellation) =>
        {
            await OfThisSystem().RemoveAsync(cancellation);
            await parsed.InvocationConfiguration.Output.WriteLineAsync("The service is uninstalled; the data stays.");
            return 0;
        });
        return command;
    }

    private static Command Status()
    {
        var command = new Command("status", "Print the status of the service. The exit code is 0 when it runs.");
        command.SetActionWithErrorHandling(async (parsed, cancellation) =>
        {
            var (text, code) = await OfThisSystem().StatusAsync(cancellation);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(text);
            return code;
        });
        return command;
    }

    private static ISystemService OfThisSystem()
    {
        var programs = new SystemPrograms(Environment.GetEnvironmentVariable("PATH"));
        return OperatingSystem.IsWindows() ? new WindowsService(programs, Environment.IsPrivilegedProcess)
            : OperatingSystem.IsLinux() ? new SystemdService(programs, Units, Environment.IsPrivilegedProcess)
            : throw new CommandFailedException("services are supported on Linux and Windows only; start \"farm serve\" another way");
    }
}
