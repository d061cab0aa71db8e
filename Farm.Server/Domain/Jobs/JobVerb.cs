namespace Farm.Server.Domain.Jobs;

/// <summary>A command of a person to a job. Unlike setting a status, it is rejected if the current status does not allow it.</summary>
internal enum JobVerb
{
    /// <summary>Hand out no more tasks; running tasks finish.</summary>
    Pause,

    /// <summary>Resume a paused job: only its paused tasks are requeued, and failures are not forgotten.</summary>
    Resume,

    /// <summary>Cancel the job, including tasks that are running.</summary>
    Cancel,

    /// <summary>Run a completed job again, or the unfinished tasks of another one; failures are forgotten.</summary>
    Requeue,
}

/// <summary>Which statuses allow which verbs.</summary>
internal static class JobVerbRules
{
    /// <summary>Why the status does not allow the verb, as a text that continues after the job's name; null if it does.</summary>
    public static string? WhyNotAllowed(this JobVerb verb, JobStatus status) => (verb, status) switch
    {
        (_, JobStatus.UnderConstruction) => "is still under construction; wait until its tasks are written",
        (JobVerb.Pause or JobVerb.Cancel, JobStatus.Completed or JobStatus.Failed or JobStatus.Canceled) =>
            $"has already ended: it is {status.Name()}",
        (JobVerb.Pause, JobStatus.PauseRequested or JobStatus.Paused) => "is already paused",
        (JobVerb.Resume, not (JobStatus.PauseRequested or JobStatus.Paused)) => $"is not paused: it is {status.Name()}",
        (JobVerb.Cancel, JobStatus.CancelRequested) => "is already being canceled",
        (JobVerb.Requeue, JobStatus.Requeueing) => "is already being requeued",
        (JobVerb.Pause or JobVerb.Requeue, JobStatus.CancelRequested) => "is being canceled; wait until that is done",
        (JobVerb.Pause, JobStatus.Requeueing) => "is being requeued; wait until that is done",
        _ => null,
    };
}
