using System.Collections.Frozen;
using Farm.Server.Domain.Jobs;

namespace Farm.Server.Operations.Transitions;

/// <summary>All registered kinds of jobs.</summary>
/// <param name="kinds">The kinds registered by protocols.</param>
internal sealed class JobKinds(IEnumerable<JobKind> kinds)
{
    private static readonly JobKind Plain = new PlainJob();

    private readonly FrozenDictionary<string, JobKind> _kinds = kinds.ToFrozenDictionary(kind => kind.Name);

    /// <summary>The kind of a job; unknown kinds are treated like ordinary jobs.</summary>
    public JobKind Of(Job job) => job.Kind.Length == 0 ? Plain : _kinds.GetValueOrDefault(job.Kind, Plain);

    private sealed class PlainJob : JobKind
    {
        public override string Name => "";
    }
}
