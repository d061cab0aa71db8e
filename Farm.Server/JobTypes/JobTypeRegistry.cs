using Farm.Server.Domain.Jobs;

namespace Farm.Server.JobTypes;

/// <summary>The job types that this farm knows.</summary>
/// <param name="types">Where two have the same name, the later one wins.</param>
internal sealed class JobTypeRegistry(IEnumerable<IJobType> types)
{
    private readonly Dictionary<string, IJobType> _byName = ByName(types);

    /// <summary>All types, sorted by name.</summary>
    public IReadOnlyList<IJobType> All => field ??= [.. _byName.Values.OrderBy(type => type.Info.Name, StringComparer.Ordinal)];

    /// <summary>The type of that name, or null.</summary>
    public IJobType? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Makes the job by the type that the submission names.</summary>
    /// <exception cref="JobCompilationException">There is no such type, or its settings make no job.</exception>
    public JobDraft Compile(JobSubmission submission) => Find(submission.Type) is { } type
        ? type.Compile(submission)
        : throw new JobCompilationException(
            $"This farm has no job type \"{submission.Type}\". It has: {string.Join(", ", All.Select(t => t.Info.Name))}.");

    private static Dictionary<string, IJobType> ByName(IEnumerable<IJobType> types)
    {
        var byName = new Dictionary<string, IJobType>(StringComparer.Ordinal);
        foreach (var type in types)
            byName[type.Info.Name] = type;
        return byName;
    }
}
