namespace Farm.Server.Domain.Audit;

/// <summary>
/// The verbs of the audit. They are stable: scripts filter by them. A protocol has its own list for what only it has, with the same form: what it
/// is about, a dot, and what is done with it.
/// </summary>
internal static class AuditVerb
{
    /// <summary>A request was refused before it was known what it would do.</summary>
    public const string Request = "farm.request";

    /// <summary>Refusals that were only counted, because there were too many.</summary>
    public const string ManyRefusals = "farm.refusals";

    /// <summary>The farm was set up: the setup code was used.</summary>
    public const string SetUp = "farm.setup";

    /// <summary>Settings were changed.</summary>
    public const string ChangeSettings = "settings.change";

    /// <summary>A backup was made.</summary>
    public const string MakeBackup = "backup.make";

    /// <summary>A backup was removed.</summary>
    public const string RemoveBackup = "backup.remove";

    /// <summary>A backup was checked.</summary>
    public const string VerifyBackup = "backup.verify";

    /// <summary>A backup is restored when the server starts next.</summary>
    public const string RestoreBackup = "backup.restore";

    /// <summary>A restore that waited for the next start was canceled.</summary>
    public const string CancelRestore = "backup.cancel-restore";

    /// <summary>A token was made.</summary>
    public const string MakeToken = "token.make";

    /// <summary>A token was removed.</summary>
    public const string RemoveToken = "token.remove";

    /// <summary>The audit was read.</summary>
    public const string ReadAudit = "audit.read";

    /// <summary>Somebody signed in.</summary>
    public const string SignIn = "account.sign-in";

    /// <summary>Somebody created an account for themselves.</summary>
    public const string Register = "account.register";

    /// <summary>An account was created for somebody.</summary>
    public const string AddAccount = "account.add";

    /// <summary>An account was created for somebody who chooses its password with a code.</summary>
    public const string InviteAccount = "account.invite";

    /// <summary>A code to set the password of an account was made.</summary>
    public const string MakePasswordCode = "account.code";

    /// <summary>An account was allowed to sign in.</summary>
    public const string ActivateAccount = "account.activate";

    /// <summary>The role of an account was set.</summary>
    public const string SetRole = "account.role";

    /// <summary>The password of an account was set.</summary>
    public const string SetPassword = "account.password";

    /// <summary>Sessions of an account were ended: all, or some by their owner.</summary>
    public const string EndSessions = "account.sign-out";

    /// <summary>An account was removed.</summary>
    public const string RemoveAccount = "account.remove";

    /// <summary>A job was submitted.</summary>
    public const string SubmitJob = "job.submit";

    /// <summary>A job was paused.</summary>
    public const string PauseJob = "job.pause";

    /// <summary>A paused job was resumed.</summary>
    public const string ResumeJob = "job.resume";

    /// <summary>A job was canceled.</summary>
    public const string CancelJob = "job.cancel";

    /// <summary>A job was requeued.</summary>
    public const string RequeueJob = "job.requeue";

    /// <summary>A job was set to another status.</summary>
    public const string SetJobStatus = "job.status";

    /// <summary>The priority of a job was set.</summary>
    public const string SetPriority = "job.priority";

    /// <summary>The worker tag of a job was set.</summary>
    public const string SetJobTag = "job.tag";

    /// <summary>Workers were taken from the blocklist of a job.</summary>
    public const string Unblock = "job.unblock";

    /// <summary>A job was deleted.</summary>
    public const string DeleteJob = "job.delete";

    /// <summary>Many jobs were deleted at once.</summary>
    public const string DeleteJobs = "job.delete-old";

    /// <summary>Tasks were requeued: some of a job, or all.</summary>
    public const string RequeueTasks = "task.requeue";

    /// <summary>Tasks were marked as completed.</summary>
    public const string CompleteTasks = "task.complete";

    /// <summary>Tasks were suspended.</summary>
    public const string SuspendTasks = "task.suspend";

    /// <summary>Tasks were marked as failed.</summary>
    public const string FailTasks = "task.fail";

    /// <summary>Suspended or failed tasks were resumed.</summary>
    public const string ResumeTasks = "task.resume";

    /// <summary>Tasks were held until they are released.</summary>
    public const string PendTasks = "task.pend";

    /// <summary>Pended tasks were released.</summary>
    public const string ReleaseTasks = "task.release";

    /// <summary>The status of one task was set.</summary>
    public const string SetTaskStatus = "task.status";

    /// <summary>One task was canceled.</summary>
    public const string CancelTask = "task.cancel";

    /// <summary>A worker registered.</summary>
    public const string RegisterWorker = "worker.register";

    /// <summary>A worker signed on for the first time.</summary>
    public const string SignOnWorker = "worker.sign-on";

    /// <summary>The secret of a worker was refused.</summary>
    public const string RefuseWorker = "worker.secret";

    /// <summary>A worker was allowed to get tasks.</summary>
    public const string ApproveWorker = "worker.approve";

    /// <summary>A status was requested of a worker.</summary>
    public const string RequestStatus = "worker.status";

    /// <summary>The tags of a worker were set.</summary>
    public const string SetWorkerTags = "worker.tags";

    /// <summary>The sleep schedule of a worker was set.</summary>
    public const string SetSleepSchedule = "worker.schedule";

    /// <summary>A worker was removed.</summary>
    public const string RemoveWorker = "worker.remove";

    /// <summary>A worker tag was created.</summary>
    public const string AddTag = "tag.add";

    /// <summary>A worker tag was changed.</summary>
    public const string ChangeTag = "tag.change";

    /// <summary>A worker tag was removed.</summary>
    public const string RemoveTag = "tag.remove";
}
