namespace Farm.Server.JobTypes;

/// <summary>Job types that may be added, changed and removed while the farm runs.</summary>
internal interface ITemplateTypes
{
    /// <summary>An immutable snapshot of the current types.</summary>
    IReadOnlyList<IJobType> Types { get; }
}
