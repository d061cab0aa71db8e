namespace Farm.Server.Contracts.Aspire.Domain;

/// <summary>The verbs of this protocol in the audit, beside those of the farm.</summary>
internal static class SeedVerb
{
    /// <summary>A seed was created.</summary>
    public const string Create = "seed.create";

    /// <summary>Entries were added to a seed.</summary>
    public const string Push = "seed.push";

    /// <summary>The batches of a seed that were not acknowledged were requeued.</summary>
    public const string Release = "seed.release";

    /// <summary>The batches of a worker that were not acknowledged were requeued.</summary>
    public const string ReleaseWorker = "worker.release";
}
