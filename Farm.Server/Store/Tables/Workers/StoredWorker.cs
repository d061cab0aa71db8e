using Farm.Server.Domain.Workers;

namespace Farm.Server.Store.Tables.Workers;

/// <summary>The row of a worker, with the columns of <see cref="WorkerTable.Columns"/>.</summary>
internal sealed record StoredWorker
{
    public required long Id { get; init; }

    public required Guid Uuid { get; init; }

    public required string Name { get; init; }

    public required string Platform { get; init; }

    public required string Address { get; init; }

    public required string Software { get; init; }

    public required WorkerStatus Status { get; init; }

    public WorkerStatus? RequestedStatus { get; init; }

    public required bool RequestIsLazy { get; init; }

    public required bool CanRestart { get; init; }

    public WorkerStatus? TimedOutFrom { get; init; }

    public long? LastSeenAt { get; init; }

    public required string Contract { get; init; }

    public required bool IsApproved { get; init; }

    /// <summary>The worker.</summary>
    public FarmWorker ToWorker() => new()
    {
        Id = Id,
        Uuid = Uuid,
        Name = Name,
        Platform = Platform,
        Address = Address,
        Software = Software,
        Status = Status,
        Request = RequestedStatus is { } status ? new StatusRequest(status, RequestIsLazy) : null,
        CanRestart = CanRestart,
        TimedOutFrom = TimedOutFrom,
        LastSeenAt = LastSeenAt,
        Contract = Contract,
        IsApproved = IsApproved,
    };
}
