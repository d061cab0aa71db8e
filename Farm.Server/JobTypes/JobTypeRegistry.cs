using Farm.Server.JobTypes.Drafts;
using Farm.Server.JobTypes.OpenJobDescription.Compiling;

namespace Farm.Server.JobTypes;

/// <summary>The job types of this farm.</summary>
/// <param name="builtIn">If two have the same name, the later one wins.</param>
/// <param name="templates">Types that may change while the farm runs; they override built-in ones. Null for none.</param>
internal sealed class JobTypeRegistry(IEnumerable<IJobType> builtIn, ITemplateTypes? templates = null)
{
    private readonly Dictionary<string, IJobType> _builtIn = ByName(builtIn);

    /// <summary>A snapshot of the current types, sorted by name.</summary>
    public IReadOnlyList<IJobType> All
    {
        get
        {
            var changing = templates?.Types ?? [];
            return [.. ByName(_builtIn.Values.Concat(changing)).Values.OrderBy(type => type.Info.Name, StringComparer.Ordinal)];
        }
    }

    /// <summary>Finds a type by name; returns null if there is none.</summary>
    public IJobType? Find(string name) =>
        templates?.Types.FirstOrDefault(type => type.Info.Name == name) ?? _builtIn.GetValueOrDefault(name);

    /// <summary>Compiles a new job with the current type of that name, and a stored job with the type from when it was submitted.</summary>
    /// <exception cref="JobCompilationException">The type does not exist or the settings are invalid.</exception>
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
