using System.CommandLine;
using Farm.Server.Worker;

namespace Farm.Server.CommandLine;

/// <summary>`farm worker`: makes this machine a render node.</summary>
internal static class WorkerCommand
{
    /// <summary>How long the worker may take to end after Ctrl+C: its processes are ended and the manager is told.</summary>
    public static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(20);

    public static Command Create()
    {
        var manager = new Option<Uri?>("--manager")
        {
            Description = "Where the manager answers, for example http://farm.local:8080. Without it, a manager is looked for on the local network.",
            HelpName = "URL",
            CustomParser = result => ParseManager(result),
        };
        var name = new Option<string>("--name")
        {
            Description = "The name that people see for this worker.",
            HelpName = "NAME",
            DefaultValueFactory = _ => Environment.MachineName,
        };
        var types = new Option<string[]>("--types")
        {
            Description = "The types of tasks that this worker does; several with blanks or commas between them.",
            HelpName = "TYPE",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [.. WorkerOptions.DefaultTaskTypes],
        };
        var state = new Option<string>("--state")
        {
            Description = "The directory that keeps this worker's credentials and what it could not tell the manager yet. Each worker needs its own.",
            HelpName = "DIRECTORY",
            DefaultValueFactory = _ => WorkerOptions.DefaultStateDirectory,
        };
        var restart = new Option<int>("--restart-exit-code")
        {
            Description = "The exit code with which this worker ends when it is asked to restart, for the service manager that starts it again "
                + "(1 to 255). 0: it cannot be restarted.",
            HelpName = "CODE",
            DefaultValueFactory = _ => 0,
        };
        name.Validators.Add(result =>
        {
            var text = result.GetValueOrDefault<string>();
            if (string.IsNullOrWhiteSpace(text) || text.Any(char.IsControl)) result.AddError("--name must not be empty or have control characters");
        });
        types.Validators.Add(result =>
        {
            if (SplitTypes(result.GetValueOrDefault<string[]>() ?? []).Count == 0) result.AddError("--types names no type");
        });
        restart.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 255) result.AddError("--restart-exit-code must be from 0 to 255");
        });

        var command = new Command(
            "worker",
            "Make this machine a render node: it asks the manager for tasks, does them, and reports. Ctrl+C ends it and gives its task back.")
        {
            manager, name, types, state, restart,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var loggers = LoggerFactory.Create(logging => logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "yyyy-MM-dd HH:mm:ss ";
            }));
            var options = new WorkerOptions
            {
                Manager = parsed.GetValue(manager),
                Name = parsed.GetValue(name)!.Trim(),
                TaskTypes = SplitTypes(parsed.GetValue(types)!),
                StateDirectory = parsed.GetValue(state)!,
                RestartExitCode = parsed.GetValue(restart),
            };
            return await WorkerProgram.RunAsync(options, loggers, cancellation);
        });
        return command;
    }

    private static Uri? ParseManager(System.CommandLine.Parsing.ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var address = text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text;
        if (Uri.TryCreate(address, UriKind.Absolute, out var manager) && manager.Scheme is "http" or "https") return manager;
        result.AddError($"--manager: '{text}' is not the address of a manager; it looks like http://farm.local:8080");
        return null;
    }

    private static List<string> SplitTypes(IEnumerable<string> values) =>
        [.. values.SelectMany(value => value.Split([',', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Select(type => type.ToLowerInvariant()).Distinct()];
}
