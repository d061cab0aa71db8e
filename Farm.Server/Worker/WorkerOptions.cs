using System.Net;

namespace Farm.Server.Worker;

/// <summary>What the built-in worker has to know. Everything has a sensible default but the manager, which is then looked for.</summary>
internal sealed record WorkerOptions
{
    /// <summary>
    /// The task types of a worker that was given none: those of contract section 9; `farm`, what this executable does by itself; `openjd`,
    /// tasks of Open Job Description templates that need a session; and `workflow`.
    /// </summary>
    public static readonly IReadOnlyList<string> DefaultTaskTypes = ["blender", "farm", "ffmpeg", "file-management", "misc", "openjd", "workflow"];

    /// <summary>
    /// The directory that holds a worker's state unless another one is named: in the current directory, as `farm-data` is.
    /// </summary>
    public const string DefaultStateDirectory = "farm-worker";

    /// <summary>Where the manager answers, or null to find it on the local network.</summary>
    public Uri? Manager { get; init; }

    /// <summary>The name people see; need not be unique.</summary>
    public string Name { get; init; } = Environment.MachineName;

    public IReadOnlyList<string> TaskTypes { get; init; } = DefaultTaskTypes;

    /// <summary>Where credentials and unsent updates are kept. One worker at a time may use it.</summary>
    public string StateDirectory { get; init; } = DefaultStateDirectory;

    /// <summary>
    /// The exit code that asks the machine's service manager to start the worker again; 0 means that it cannot be restarted.
    /// </summary>
    public int RestartExitCode { get; init; }

    /// <summary>How many bytes of log are gathered before they are sent.</summary>
    public int LogChunkBytes { get; init; } = 10 * 1024;

    public WorkerIntervals Intervals { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public Random Random { get; init; } = Random.Shared;

    /// <summary>Where the search for a manager is sent (contract section 10).</summary>
    public IPEndPoint DiscoveryTarget { get; init; } = new(IPAddress.Parse("239.255.255.250"), 1900);
}
