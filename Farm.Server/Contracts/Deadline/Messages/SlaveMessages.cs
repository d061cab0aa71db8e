namespace Farm.Server.Contracts.Deadline.Messages;

/// <summary>Status and machine of a worker (Contracts/Deadline/Contract.md section 9). Fields that the farm does not know are empty or 0.</summary>
internal sealed record SlaveInfo
{
    public required string Name { get; init; }

    public required string Host { get; init; }

    public required int Stat { get; init; }

    public required string IP { get; init; }

    public string MAC { get; init; } = "";

    public string User { get; init; } = "";

    public required string JobId { get; init; }

    public required string JobName { get; init; }

    public required string Pools { get; init; }

    public required string Grps { get; init; }

    public required string OS { get; init; }

    public string Arch { get; init; } = "";

    public string Vid { get; init; } = "";

    public int Procs { get; init; }

    public int RAM { get; init; }

    public int RAMFree { get; init; }

    public int UpTime { get; init; }

    public required string StatDate { get; init; }
}

/// <summary>Settings of a worker.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Enable">Whether it takes tasks when it is online.</param>
/// <param name="Pools">Its tags.</param>
/// <param name="Grps">Its tags again.</param>
internal sealed record SlaveSettings(string Name, bool Enable, IReadOnlyList<string> Pools, IReadOnlyList<string> Grps);

/// <summary>Info and settings of a worker.</summary>
internal sealed record SlaveInfoSettings(SlaveInfo Info, SlaveSettings Settings);
