using System.Net;
using Farm.Server.Worker.Processes;

namespace Farm.Server.Worker;

/// <summary>The options of the built-in worker.</summary>
internal sealed record WorkerOptions
{
    /// <summary>
    /// The default task types: those of contract section 9; `farm`, tasks of this executable; `openjd`, template tasks that need a session; and
    /// `workflow`.
    /// </summary>
    public static readonly IReadOnlyList<string> DefaultTaskTypes = ["blender", "farm", "ffmpeg", "file-management", "misc", "openjd", "workflow"];

    /// <summary>
    /// The default state directory, in the current directory like `farm-data`.
    /// </summary>
    public const string DefaultStateDirectory = "farm-worker";

    /// <summary>The URL of the manager; null to search the local network.</summary>
    public Uri? Manager { get; init; }

    /// <summary>The code with which this worker may join the farm without waiting for approval; null without one.</summary>
    public string? JoinCode { get; init; }

    /// <summary>The fingerprint of the manager's certificate, remembered with the credentials; null for the one that was remembered.</summary>
    public string? CertificateFingerprint { get; init; }

    /// <summary>Whether a remembered fingerprint is forgotten, so that the manager needs a certificate that this machine trusts.</summary>
    public bool ForgetsCertificate { get; init; }

    /// <summary>The display name, which need not be unique.</summary>
    public string Name { get; init; } = Environment.MachineName;

    public IReadOnlyList<string> TaskTypes { get; init; } = DefaultTaskTypes;

    /// <summary>The directory for credentials and unsent updates, used by one worker at a time.</summary>
    public string StateDirectory { get; init; } = DefaultStateDirectory;

    /// <summary>
    /// The exit code that makes the service manager restart the worker; 0 if restarts are not supported.
    /// </summary>
    public int RestartExitCode { get; init; }

    /// <summary>What the programs of tasks may use.</summary>
    public ProgramLimits Programs { get; init; } = ProgramLimits.Default;

    /// <summary>The size of a log chunk in bytes.</summary>
    public int LogChunkBytes { get; init; } = 10 * 1024;

    public WorkerIntervals Intervals { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public Random Random { get; init; } = Random.Shared;

    /// <summary>The destination of discovery messages (contract section 10).</summary>
    public IPEndPoint DiscoveryTarget { get; init; } = new(IPAddress.Parse("239.255.255.250"), 1900);
}
