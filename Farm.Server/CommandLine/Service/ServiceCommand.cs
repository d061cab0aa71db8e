using System.CommandLine;
using Farm.Server.Worker.Processes;

namespace Farm.Server.CommandLine.Service;

/// <summary><c>farm service</c>: has the system run the farm, from its start to its end.</summary>
internal static class ServiceCommand
{
    private const string Units = "/etc/systemd/system";

    /// <summary>The verb.</summary>
    public static Command Create() => new("service", "Have the system run the server: systemd on Linux, the service manager on Windows.")
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
        var dryRun = new Option<bool>("--dry-run") { Description = "Only show what would be written." };
        var command = new Command("install", "Start the server now, and whenever this machine starts.") { user, data, config, urls, dryRun };
        command.SetGuardedAction(async (parsed, cancellation) =>
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
            await output.WriteLineAsync($"The farm runs as a service. Everything of it is in {settings.Data}.");
            return 0;
        });
        return command;
    }

    private static Command Remove()
    {
        var command = new Command("remove", "Stop the server and do not start it any more. Its data stays.");
        command.SetGuardedAction(async (parsed, cancellation) =>
        {
            await OfThisSystem().RemoveAsync(cancellation);
            await parsed.InvocationConfiguration.Output.WriteLineAsync("The farm is no service any more. Its data stays where it is.");
            return 0;
        });
        return command;
    }

    private static Command Status()
    {
        var command = new Command("status", "Show what the system says of the server. The exit code is 0 when it runs.");
        command.SetGuardedAction(async (parsed, cancellation) =>
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
            : throw new CommandFailedException("services are installed on Linux and Windows only: start \"farm serve\" some other way here");
    }
}
