namespace Farm.Server.JobTypes;

/// <summary>Job types that may come, change and go while the farm runs.</summary>
internal interface ITemplateTypes
{
    /// <summary>Those there are right now; the list itself never changes.</summary>
    IReadOnlyList<IJobType> Types { get; }
}
