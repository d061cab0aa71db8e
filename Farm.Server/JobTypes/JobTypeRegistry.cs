using Farm.Server.JobTypes.Drafts;
using Farm.Server.JobTypes.OpenJobDescription.Compiling;

namespace Farm.Server.JobTypes;

/// <summary>The job types that this farm knows.</summary>
/// <param name="builtIn">Where two have the same name, the later one wins.</param>
/// <param name="templates">Those that may change while the farm runs; they win over built-in ones. Null for none.</param>
internal sealed class JobTypeRegistry(IEnumerable<IJobType> builtIn, ITemplateTypes? templates = null)
{
    private readonly Dictionary<string, IJobType> _builtIn = ByName(builtIn);

    /// <summary>All types as they are right now, sorted by name.</summary>
    public IReadOnlyList<IJobType> All
    {
        get
        {
            var changing = templates?.Types ?? [];
            return [.. ByName(_builtIn.Values.Concat(changing)).Values.OrderBy(type => type.Info.Name, StringComparer.Ordinal)];
        }
    }

    /// <summary>The type of that name, or null.</summary>
    public IJobType? Find(string name) =>
        templates?.Types.FirstOrDefault(type => type.Info.Name == name) ?? _builtIn.GetValueOrDefault(name);

    /// <summary>Makes the job by the type that the submission names; a stored one by the type as it was when the job came in.</summary>
    /// <exception cref="JobCompilationException">There is no such type, or its settings make no job.</exception>
    public JobDraft Compile(JobSubmission submission)
    {
        if (submission.Source is not null) return TemplateJobType.CompileAgain(submission);
        return Find(submission.Type) is { } type
            ? type.Compile(submission)
            : throw new JobCompilationException(
                $"This farm has no job type \"{submission.Type}\". It has: {string.Join(", ", All.Select(t => t.Info.Name))}.");
    }

    private static Dictionary<string, IJobType> ByName(IEnumerable<IJobType> types)
    {
        var byName = new Dictionary<string, IJobType>(StringComparer.Ordinal);
        foreach (var type in types)
            byName[type.Info.Name] = type;
        return byName;
    }
}
