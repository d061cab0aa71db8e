namespace Farm.Server.Domain.Jobs;

/// <summary>What a person does to a job. Unlike a bare status, a verb is refused where it makes no sense.</summary>
internal enum JobVerb
{
    /// <summary>Hand out no more tasks; those that run go on to their end.</summary>
    Pause,

    /// <summary>Go on with a paused job: only its paused tasks are queued again, and no failure is forgotten.</summary>
    Resume,

    /// <summary>Cancel the job, including tasks that are running.</summary>
    Cancel,

    /// <summary>Do a completed job again, or what is not completed of another; failures are forgotten.</summary>
    Requeue,
}

/// <summary>Where each verb makes sense.</summary>
internal static class JobVerbRules
{
    /// <summary>Why the verb makes no sense for a job in this status, to be read after the job's name; null when it does.</summary>
    public static string? WhyNotAllowed(this JobVerb verb, JobStatus status) => (verb, status) switch
    {
        (_, JobStatus.UnderConstruction) => "is still under construction; wait until its tasks are written",
        (JobVerb.Pause or JobVerb.Cancel, JobStatus.Completed or JobStatus.Failed or JobStatus.Canceled) =>
            $"is over already: it is {status.Name()}",
        (JobVerb.Pause, JobStatus.PauseRequested or JobStatus.Paused) => "is paused already",
        (JobVerb.Resume, not (JobStatus.PauseRequested or JobStatus.Paused)) => $"is not paused: it is {status.Name()}",
        (JobVerb.Cancel, JobStatus.CancelRequested) => "is being canceled already",
        (JobVerb.Requeue, JobStatus.Requeueing) => "is being requeued already",
        (JobVerb.Pause or JobVerb.Requeue, JobStatus.CancelRequested) => "is being canceled; wait until that is done",
        (JobVerb.Pause, JobStatus.Requeueing) => "is being requeued; wait until that is done",
        _ => null,
    };
}
