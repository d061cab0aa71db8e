using Farm.Dashboard.Ports;

namespace Farm.Dashboard.Lists;

/// <summary>How a status is shown: word, glyph and colour. Each alone identifies it.</summary>
public sealed record StatusLook(string Word, string Glyph, Tone Tone)
{
    /// <summary>Ends with a variation selector, so that systems show text, not an emoji.</summary>
    public const string RunningGlyph = "▶\uFE0E";

    public static StatusLook Of(JobStatus status) => status switch
    {
        JobStatus.UnderConstruction => new("under construction", "○", Tone.Waiting),
        JobStatus.Queued => new("queued", "○", Tone.Waiting),
        JobStatus.Active => new("active", RunningGlyph, Tone.Running),
        JobStatus.PauseRequested => new("pausing", "‖", Tone.Waiting),
        JobStatus.Paused => new("paused", "‖", Tone.Waiting),
        JobStatus.CancelRequested => new("canceling", "⊘", Tone.Waiting),
        JobStatus.Canceled => new("canceled", "⊘", Tone.Waiting),
        JobStatus.Requeueing => new("requeueing", "○", Tone.Waiting),
        JobStatus.Completed => new("completed", "✓", Tone.Done),
        JobStatus.Failed => new("failed", "✕", Tone.Failed),
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    public static StatusLook Of(TaskStatus status) => status switch
    {
        TaskStatus.Queued => new("queued", "○", Tone.Waiting),
        TaskStatus.Pended => new("pended", "‖", Tone.Waiting),
        TaskStatus.Active => new("active", RunningGlyph, Tone.Running),
        TaskStatus.SoftFailed => new("soft-failed", "!", Tone.Attention),
        TaskStatus.Paused => new("paused", "‖", Tone.Waiting),
        TaskStatus.Completed => new("completed", "✓", Tone.Done),
        TaskStatus.Failed => new("failed", "✕", Tone.Failed),
        TaskStatus.Canceled => new("canceled", "⊘", Tone.Waiting),
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    public static StatusLook Of(WorkflowRunState state) => state switch
    {
        WorkflowRunState.Pending => new("pending", "○", Tone.Waiting),
        WorkflowRunState.Running => new("running", RunningGlyph, Tone.Running),
        WorkflowRunState.Success => new("success", "✓", Tone.Done),
        WorkflowRunState.Error => new("error", "✕", Tone.Failed),
        WorkflowRunState.Canceled => new("canceled", "⊘", Tone.Waiting),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static StatusLook Of(WorkerStatus status) => status switch
    {
        WorkerStatus.Starting => new("starting", "○", Tone.Waiting),
        WorkerStatus.Awake => new("awake", RunningGlyph, Tone.Running),
        WorkerStatus.Asleep => new("asleep", "‖", Tone.Waiting),
        WorkerStatus.Testing => new("testing", "○", Tone.Waiting),
        WorkerStatus.Restart => new("restarting", "○", Tone.Waiting),
        WorkerStatus.Error => new("error", "✕", Tone.Failed),
        WorkerStatus.Offline => new("offline", "⊘", Tone.Waiting),
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    /// <summary>The connection of a manager to the database.</summary>
    public static StatusLook Of(ManagerRow manager) =>
        manager.Connection == ManagerConnection.Unknown ? new("unknown", "○", Tone.Waiting) : OfProblem(manager.Problem);

    /// <summary>A check, with its problem or warning.</summary>
    public static StatusLook Of(HealthCheck check) =>
        check is { Problem: null, Warning: { } warning } ? new(warning, "!", Tone.Attention) : OfProblem(check.Problem);

    /// <summary>Something that is checked: what is wrong with it; null for nothing.</summary>
    public static StatusLook OfProblem(string? problem) => problem is null ? new("ok", "✓", Tone.Done) : new(problem, "✕", Tone.Failed);
}

/// <summary>The colours of statuses.</summary>
public enum Tone
{
    Waiting,
    Running,
    Done,
    Attention,
    Failed,
}
