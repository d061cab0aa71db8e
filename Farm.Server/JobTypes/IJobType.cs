using Farm.Server.JobTypes.Drafts;

namespace Farm.Server.JobTypes;

/// <summary>Turns the settings of a submission into stages of tasks (Contracts/Flamenco/Contract.md section 7).</summary>
internal interface IJobType
{
    /// <summary>The description for clients. Immutable: a changed type is replaced by a new instance with the same name.</summary>
    JobTypeInfo Info { get; }

    /// <summary>
    /// Compiles a job. Pure: does not change the submission, and the same submission yields the same job, even if its
    /// settings are replaced by those of the compiled job.
    /// </summary>
    /// <exception cref="JobCompilationException">The settings are invalid.</exception>
    JobDraft Compile(JobSubmission submission);
}
