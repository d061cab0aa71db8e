namespace Farm.Server.Worker;

/// <summary>Intervals and time limits of the worker. The defaults are those of contract section 3.10.</summary>
internal sealed record WorkerIntervals
{
    /// <summary>Before the first request for a task after waking up.</summary>
    public TimeSpan FirstTask { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>After a task has ended, before asking for the next one.</summary>
    public TimeSpan AfterTask { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After "no task" (204); varied by ±10 %, so that workers do not poll at the same time.</summary>
    public TimeSpan NoTask { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>After an error, or no response.</summary>
    public TimeSpan AfterError { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Between two checks whether the task may keep running.</summary>
    public TimeSpan MayIRun { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between two polls of the requested status while asleep.</summary>
    public TimeSpan Asleep { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The longest that log lines wait before they are sent.</summary>
    public TimeSpan LogChunk { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two attempts to send waiting updates.</summary>
    public TimeSpan Flush { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Before registration or sign-on is tried again; doubles up to <see cref="AfterError"/>.</summary>
    public TimeSpan SignOnRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Between two attempts to report the start of a task.</summary>
    public TimeSpan StartRetry { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long to try to report the start of a task before it is dropped.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The time limit of one request, in real time.</summary>
    public TimeSpan Request { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The time limit for the last updates and the sign-off at shutdown.</summary>
    public TimeSpan SignOff { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the end of a task waits for its newest frame to be uploaded.</summary>
    public TimeSpan LastFrame { get; init; } = TimeSpan.FromSeconds(15);
}
