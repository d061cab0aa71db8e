namespace Farm.Server.Domain.Managers;

/// <summary>A running server of the farm. Several may share a PostgreSQL database; each has another id at each start.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its machine and port.</param>
/// <param name="Version">Its version.</param>
/// <param name="StartedAt">When it started, in unix milliseconds by its own clock.</param>
/// <param name="SeenAt">When it last wrote to the database, in unix milliseconds by its own clock.</param>
/// <param name="Beats">Grows as long as it lives and reaches the database.</param>
internal sealed record Manager(Guid Id, string Name, string Version, long StartedAt, long SeenAt, long Beats);
