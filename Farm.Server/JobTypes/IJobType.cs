using Farm.Server.JobTypes.Drafts;

namespace Farm.Server.JobTypes;

/// <summary>Turns the settings of a submission into stages of tasks (Contracts/Flamenco/Contract.md section 7).</summary>
internal interface IJobType
{
    /// <summary>What clients are told about the type; never changes. A type that changes is replaced by another of its name.</summary>
    JobTypeInfo Info { get; }

    /// <summary>
    /// Makes the job. Pure: the submission is not changed, and the same submission yields the same job, also when its
    /// settings are replaced by those of the job that was made of it.
    /// </summary>
    /// <exception cref="JobCompilationException">The settings make no job.</exception>
    JobDraft Compile(JobSubmission submission);
}
