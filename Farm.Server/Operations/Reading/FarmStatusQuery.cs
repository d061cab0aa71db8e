using Farm.Server.Domain;
using Farm.Server.Store.Engine;

namespace Farm.Server.Operations.Reading;

/// <summary>Says what the farm as a whole is at.</summary>
internal sealed class FarmStatusQuery(FarmStore store, TimeProvider time)
{
    private readonly DateTimeOffset _started = time.GetUtcNow();

    /// <summary>The present status.</summary>
    public FarmStatus Read() => FarmStatusRules.Decide(Facts(), time.GetUtcNow() - _started);

    /// <summary>What it follows from.</summary>
    public FarmFacts Facts() => store.Read(db => db.First(
        """
        SELECT j.active, j.queued, w.present, w.awake, w.asleep
        FROM (SELECT coalesce(sum(status = 2), 0) AS active, coalesce(sum(status = 1), 0) AS queued FROM jobs WHERE status IN (1, 2)) j,
          (SELECT coalesce(sum(status NOT IN (0, 4)), 0) AS present, coalesce(sum(status = 2), 0) AS awake, coalesce(sum(status = 3), 0) AS asleep
           FROM workers WHERE deleted_at IS NULL) w
        """,
        static row => new FarmFacts(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4))));
}
