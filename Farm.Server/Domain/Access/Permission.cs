namespace Farm.Server.Domain.Access;

/// <summary>What somebody may be allowed to do (<see cref="AccessTable"/>).</summary>
internal enum Permission
{
    /// <summary>Take tasks for a machine, and report on them, where a protocol's workers have no credentials of their own.</summary>
    Work,

    /// <summary>Register workers that get tasks at once. Those of others wait until an operator approves them.</summary>
    AddWorkers,

    /// <summary>Look at jobs, tasks, logs, workers and files.</summary>
    Look,

    /// <summary>Submit jobs, and upload files for them.</summary>
    SubmitJobs,

    /// <summary>Make tokens that can do no more than oneself, and see and remove one's own.</summary>
    MakeTokens,

    /// <summary>Pause, resume, cancel, requeue, change and delete one's own jobs and their tasks.</summary>
    ControlOwnJobs,

    /// <summary>The same with anyone's jobs.</summary>
    ControlJobs,

    /// <summary>Request statuses of workers, remove them, and change their tags and sleep schedules.</summary>
    ControlWorkers,

    /// <summary>Read the audit, which names people and their machines.</summary>
    ReadAudit,

    /// <summary>Create an account for oneself.</summary>
    Register,

    /// <summary>Install and remove workflows, which decide what runs on workers.</summary>
    ManageWorkflows,

    /// <summary>Read and change the settings.</summary>
    ManageSettings,

    /// <summary>Make backups.</summary>
    ManageBackups,

    /// <summary>Activate, change and remove other people's accounts.</summary>
    ManagePeople,
}
