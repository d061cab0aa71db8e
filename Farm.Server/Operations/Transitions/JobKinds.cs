using System.Collections.Frozen;
using Farm.Server.Domain.Jobs;

namespace Farm.Server.Operations.Transitions;

/// <summary>The kinds of jobs that this farm knows.</summary>
/// <param name="kinds">Those that protocols added.</param>
internal sealed class JobKinds(IEnumerable<JobKind> kinds)
{
    private static readonly JobKind Plain = new PlainJob();

    private readonly FrozenDictionary<string, JobKind> _kinds = kinds.ToFrozenDictionary(kind => kind.Name);

    /// <summary>The kind of a job. One that nobody knows any more is treated like every job.</summary>
    public JobKind Of(Job job) => job.Kind.Length == 0 ? Plain : _kinds.GetValueOrDefault(job.Kind, Plain);

    private sealed class PlainJob : JobKind
    {
        public override string Name => "";
    }
}
