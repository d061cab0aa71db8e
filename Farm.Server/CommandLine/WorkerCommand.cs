using System.CommandLine;
using Farm.Server.Hosting.Logging;
using Farm.Server.Worker;
using Farm.Server.Worker.Processes;

namespace Farm.Server.CommandLine;

/// <summary><c>farm worker</c>: runs the built-in worker.</summary>
internal static class WorkerCommand
{
    /// <summary>How long the worker may take after Ctrl+C to end its processes and sign off.</summary>
    public static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(20);

    private const long Megabyte = 1024 * 1024;
    private const string NoFingerprint = "none";

    public static Command Create()
    {
        var manager = new Option<Uri?>("--manager")
        {
            Description = "URL of the manager, for example http://farm.local:8080; by default, the worker searches the local network.",
            HelpName = "URL",
            CustomParser = result => ParseManager(result),
        };
        var fingerprint = CommonOptions.Fingerprint(
            "The SHA-256 fingerprint of the manager's certificate, from the server's log; remembered, and no other certificate is accepted then. "
            + $"\"{NoFingerprint}\" forgets it, so that the certificate must be one that this machine trusts.",
            NoFingerprint);
        var name = new Option<string>("--name")
        {
            Description = "The name of this worker.",
            HelpName = "NAME",
            DefaultValueFactory = _ => Environment.MachineName,
        };
        var join = new Option<string?>("--join")
        {
            Description = "A code with which this worker gets tasks without waiting for approval, made with \"farm token add NAME --role worker\". "
                + "Or set FARM_JOIN, which other users of the machine cannot read.",
            HelpName = "CODE",
        };
        var types = new Option<string[]>("--types")
        {
            Description = "The task types of this worker, separated by spaces or commas.",
            HelpName = "TYPE",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [.. WorkerOptions.DefaultTaskTypes],
        };
        var state = new Option<string>("--state")
        {
            Description = "The directory for credentials and unsent updates. Each worker needs its own.",
            HelpName = "DIRECTORY",
            DefaultValueFactory = _ => WorkerOptions.DefaultStateDirectory,
        };
        var restart = new Option<int>("--restart-exit-code")
        {
            Description = "The exit code (1 to 255) that makes the service manager restart this worker, used when a restart is requested. "
                + "0: restarts are not supported.",
            HelpName = "CODE",
            DefaultValueFactory = _ => 0,
        };
        var memory = new Option<long>("--max-memory")
        {
            Description = "The memory in MB that each program of a task may use (Linux and Windows); 0: no limit. By default nine tenths of the machine's.",
            HelpName = "MB",
            DefaultValueFactory = _ => ProgramLimits.Default.MemoryBytes / Megabyte,
        };
        var hours = new Option<double>("--max-hours")
        {
            Description = "How many hours a program of a task may run; 0: no limit.",
            HelpName = "HOURS",
            DefaultValueFactory = _ => ProgramLimits.Default.Time.TotalHours,
        };
        memory.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<long>() is not (0 or (>= 16 and <= 16 * Megabyte))) result.AddError("--max-memory must be 0, or from 16 to 16777216 MB");
        });
        hours.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (0 or (>= 0.01 and <= 1000))) result.AddError("--max-hours must be 0, or from 0.01 to 1000");
        });
        name.Validators.Add(result =>
        {
            var text = result.GetValueOrDefault<string>();
            if (string.IsNullOrWhiteSpace(text) || text.Any(char.IsControl)) result.AddError("--name must not be empty or contain control characters");
        });
        types.Validators.Add(result =>
        {
            if (SplitTypes(result.GetValueOrDefault<string[]>() ?? []).Count == 0) result.AddError("--types must not be empty");
        });
        restart.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 255) result.AddError("--restart-exit-code must be from 0 to 255");
        });

        var command = new Command(
            "worker",
            "Run tasks from the manager on this machine. Ctrl+C stops the worker and requeues its task.")
        {
            manager, fingerprint, name, join, types, state, restart, memory, hours,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var loggers = LoggerFactory.Create(logging => logging.AddFarmLog(new LogSettings(Directory: null), parsed.InvocationConfiguration.Output));
            var options = new WorkerOptions
            {
                Manager = parsed.GetValue(manager),
                CertificateFingerprint = parsed.GetValue(fingerprint) is { } sha and not NoFingerprint ? sha : null,
                ForgetsCertificate = parsed.GetValue(fingerprint) == NoFingerprint,
                Name = parsed.GetValue(name)!.Trim(),
                JoinCode = parsed.GetValue(join) ?? Environment.GetEnvironmentVariable("FARM_JOIN"),
                TaskTypes = SplitTypes(parsed.GetValue(types)!),
                StateDirectory = parsed.GetValue(state)!,
                RestartExitCode = parsed.GetValue(restart),
                Programs = new ProgramLimits(parsed.GetValue(memory) * Megabyte, TimeSpan.FromHours(parsed.GetValue(hours))),
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
        result.AddError($"--manager: '{text}' is not a URL like http://farm.local:8080");
        return null;
    }

    private static List<string> SplitTypes(IEnumerable<string> values) =>
        [.. values.SelectMany(value => value.Split([',', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Select(type => type.ToLowerInvariant()).Distinct()];
}
