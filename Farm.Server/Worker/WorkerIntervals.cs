namespace Farm.Server.Worker;

/// <summary>How long the worker waits for what. The defaults are those of contract section 3.10.</summary>
internal sealed record WorkerIntervals
{
    /// <summary>Before the first request for a task after coming awake.</summary>
    public TimeSpan FirstTask { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>After a task has ended, before asking for the next one.</summary>
    public TimeSpan AfterTask { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After "no task" (204); varied by 10 % either way so that a farm's workers spread out.</summary>
    public TimeSpan NoTask { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>After an answer that the worker can do nothing about, or none at all.</summary>
    public TimeSpan AfterError { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Between two questions whether the running task may go on.</summary>
    public TimeSpan MayIRun { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between two looks at the requested status while asleep.</summary>
    public TimeSpan Asleep { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The longest that log lines wait before they are sent.</summary>
    public TimeSpan LogChunk { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two attempts to deliver updates that the manager could not be told.</summary>
    public TimeSpan Flush { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Before registration or sign-on is tried again; doubles up to <see cref="AfterError"/>.</summary>
    public TimeSpan SignOnRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Between two attempts to report the start of a task.</summary>
    public TimeSpan StartRetry { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a task waits for its start to be reported before the worker lets go of it.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one request may take. Measured in real time, like everything the network does.</summary>
    public TimeSpan Request { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long saying goodbye (last updates, sign-off) may take when the worker ends.</summary>
    public TimeSpan Goodbye { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the end of a task waits for its newest frame to be uploaded.</summary>
    public TimeSpan LastFrame { get; init; } = TimeSpan.FromSeconds(15);
}
