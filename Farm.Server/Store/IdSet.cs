namespace Farm.Server.Store;

/// <summary>Ids of a statement whose text is an <see cref="IdQuery"/>.</summary>
/// <param name="ids">At least one id.</param>
internal sealed class IdSet(IReadOnlyCollection<long> ids)
{
    /// <summary>Whether there is only one.</summary>
    public bool IsOne { get; } = ids.Count == 1;

    /// <summary>The number of ids.</summary>
    public int Count => ids.Count;

    /// <summary>The statement's parameter.</summary>
    public object Value { get; } = ids.Count == 1 ? ids.First() : IdList.Json(ids);
}
